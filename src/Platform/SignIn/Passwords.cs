using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Shanmen.Platform.SignIn;

/// <summary>Password hashes by ASP.NET Core Identity (PBKDF2, HMAC-SHA512). At most two are computed at once, so that guessing cannot take the machine.</summary>
public sealed class Passwords
{
    public const int LengthMin = 10, LengthMax = 128;
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    private static readonly PasswordHasher<Passwords> Hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));
    // Compared against when nobody has the login, so that the time does not tell.
    private static readonly Lazy<string> Nobody = new(() => Hasher.HashPassword(null!, Random()));
    private readonly SemaphoreSlim _atOnce = new(2);

    public async Task<string> Hash(string password)
    {
        await _atOnce.WaitAsync();
        try { return await Task.Run(() => Hasher.HashPassword(null!, password)); }
        finally { _atOnce.Release(); }
    }

    public async Task<bool> Matches(string? hash, string password)
    {
        await _atOnce.WaitAsync();
        try
        {
            var result = await Task.Run(() => Hasher.VerifyHashedPassword(null!, hash ?? Nobody.Value, password));
            return hash is not null && result != PasswordVerificationResult.Failed;
        }
        finally { _atOnce.Release(); }
    }

    /// <summary>A first password: 15 letters and digits that cannot be mistaken for one another, in three groups; 74 bits.</summary>
    public static string Random() =>
        string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));
}
