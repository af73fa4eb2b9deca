using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;

namespace Shanmen.Centre.Hosting;

/// <summary>What an operator reads when the keys of a store cannot be used, and how they come back.</summary>
internal static class KeySentences
{
    public static string Of(KeyTrouble trouble, StoreOptions options) => trouble switch
    {
        KeyTrouble.Missing => $"{options.KeyFile}: 密钥文件不在，而这个库不是新的 / the key file is missing, but this store is not new.\n" + Remedy,
        KeyTrouble.Unreadable => $"{options.KeyFile}: 密钥文件读不出 / the key file cannot be read.\n"
            + "请让运行山门的用户能读这个文件，并检查磁盘；磁盘坏了则按下面做 / Let the user of the program read it and see to the disk; if the disk is broken:\n" + Remedy,
        _ => $"{options.KeyFile}: 密钥文件已损坏 / the key file is damaged.\n" + Remedy,
    };

    public static string OfOtherStore(StoreOptions options) => $"{options.KeyFile}: 这是另一个库的密钥，打不开这个库的内容 / these are another store's keys; they open nothing in this one.\n" + Remedy;

    private const string Remedy =
        "没有它，已售的票和游客信息都读不出。什么也没有改动；不要新建密钥。 / Without it sold tickets and personal data cannot be read. Nothing was changed; do not make new keys.\n"
        + "把最近的备份恢复到一个空目录（口令在恢复单上）： / Restore the newest backup into an empty folder (the passphrase is on the recovery sheet):\n"
        + "  ./run restore <备份 backup> --passphrase-file <file> --data <空目录 empty folder>\n"
        + "再把那里的 keys.json 拷回来，启动；见 docs/operations/what-to-do-when.md / then copy keys.json from there, and start again.";
}
