using System.Security.Cryptography;
using System.Text;

namespace Shanmen.Platform.Secrets;

/// <summary>
/// Names, ID numbers and phones at rest: AES-256-GCM, one byte for the scheme, a fresh nonce each time, and the column's
/// purpose as associated text so that a value cannot be moved to another column. Beside it a keyed hash for look-up.
/// </summary>
public sealed class PersonalText(KeyRing keys)
{
    private const byte Scheme = 1;

    public byte[] Protect(string text, string purpose)
    {
        if (text.Length == 0) return [];
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedText = new byte[1 + 12 + 16 + plain.Length];
        sealedText[0] = Scheme;
        RandomNumberGenerator.Fill(sealedText.AsSpan(1, 12));
        using var aes = new AesGcm(keys.Personal, 16);
        aes.Encrypt(sealedText.AsSpan(1, 12), plain, sealedText.AsSpan(29), sealedText.AsSpan(13, 16), Encoding.UTF8.GetBytes(purpose));
        return sealedText;
    }

    /// <exception cref="CryptographicException">The value was changed, moved, or belongs to other keys.</exception>
    public string Reveal(byte[] sealedText, string purpose)
    {
        if (sealedText.Length == 0) return "";
        if (sealedText[0] != Scheme || sealedText.Length < 29) throw new CryptographicException("Unknown form of protected text.");
        var plain = new byte[sealedText.Length - 29];
        using var aes = new AesGcm(keys.Personal, 16);
        aes.Decrypt(sealedText.AsSpan(1, 12), sealedText.AsSpan(29), sealedText.AsSpan(13, 16), plain, Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>
    /// The text for a screen; a mark where it does not open. One damaged name must keep neither the park nor its office closed:
    /// verify names the row, and saving the person again puts it right.
    /// </summary>
    public string Shown(byte[] sealedText, string purpose)
    {
        try { return Reveal(sealedText, purpose); }
        catch (CryptographicException) { return "？"; }
    }

    /// <summary>The look-up hash of a normalised value; empty for an empty value, so that blanks do not find each other.</summary>
    public byte[] LookUp(string normalised, string purpose) =>
        normalised.Length == 0 ? [] : HMACSHA256.HashData(keys.LookUp, Encoding.UTF8.GetBytes(purpose + "|" + normalised))[..16];
}
