namespace Shanmen.Holiday;

/// <summary>Why the day could not take place, as a sentence for whoever started it. Shown without a stack.</summary>
sealed class HolidayException(string message) : Exception(message);
