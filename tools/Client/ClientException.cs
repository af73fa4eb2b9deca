namespace Shanmen.Client;

/// <summary>Why the work could not be done, as a sentence for whoever started it. Shown without a stack.</summary>
sealed class ClientException(string message) : Exception(message);
