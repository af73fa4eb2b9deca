using System.Text;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Verify;

namespace Shanmen.Modules.Parks;

/// <summary>
/// What the log keeps of a person's protected cells: enough to find that one was changed by hand, nothing to learn from. The
/// ciphers and the password's hash are random in themselves; the look-up hash of a phone is not, so the phone's cipher is mixed in.
/// </summary>
public sealed record StaffDigests(byte[] Name, byte[] Phone, byte[] PhoneHash, byte[] Password)
{
    internal static StaffDigests Of(StaffRow row) => new(Digest("name", row.Name, []), Digest("phone", row.Phone, []),
        Digest("phone_hash", row.PhoneHash, row.Phone), OfPassword(row.Password));

    internal static byte[] OfPassword(string hash) => Digest("password", Encoding.UTF8.GetBytes(hash), []);

    private static byte[] Digest(string column, byte[] content, byte[] salt) => RowReplay<Guid, StaffRow>.DigestOf(column, content, salt);
}
