using System.Globalization;
using System.Net;

namespace Shanmen.Platform.Backup;

/// <summary>
/// The page that is printed and kept in a safe (恢复单): what this backup is, how it is brought back, and a line for the passphrase.
/// Written for somebody who has never seen the program, on a day when nothing works.
/// </summary>
public static class RecoverySheet
{
    internal static string PathFor(string backupFile) => Path.ChangeExtension(backupFile, ".recovery.html");

    /// <param name="passphrase">Printed only when the administrator asked for it; null leaves a line to fill in by hand.</param>
    public static string Html(BackupWritten backup, string? passphrase)
    {
        static string Text(string text) => WebUtility.HtmlEncode(text);
        var name = Text(Path.GetFileName(backup.File));
        var m = backup.Manifest;
        var secret = passphrase is null ? "<span class=\"blank\"></span>" : $"<b class=\"secret\">{Text(passphrase)}</b>";
        return $$"""
            <!doctype html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <title>山门 恢复单 · Shanmen recovery sheet</title>
            <style>
            @page { size: A4; margin: 20mm }
            body { font: 12pt/1.5 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #000; max-width: 170mm; margin: auto }
            h1 { font-size: 20pt; margin: 0 0 2mm } h2 { font-size: 13pt; margin: 8mm 0 2mm } .en { color: #444; font-size: 10.5pt }
            table { border-collapse: collapse; width: 100% } td { border: 1px solid #888; padding: 2mm 3mm; vertical-align: top } td:first-child { width: 45mm }
            code, .secret { font-family: "DejaVu Sans Mono", Consolas, monospace; word-break: break-all } .secret { font-size: 14pt }
            .blank { display: block; height: 14mm; border-bottom: 1px solid #000 }
            </style>
            </head>
            <body>
            <h1>恢复单 <span class="en">Recovery sheet</span></h1>
            <p>没有口令，备份无法打开，任何人也无法找回。请打印本页，写上口令，与服务器分开存放在保险柜里。<br>
            <span class="en">Without the passphrase nobody can open the backup, and nobody can find it again. Print this page, write the passphrase on it, and keep it in a safe away from the server.</span></p>
            <table>
            <tr><td>备份文件<br><span class="en">Backup file</span></td><td><code>{{name}}</code><br>{{backup.Bytes.ToString("N0", CultureInfo.InvariantCulture)}} bytes</td></tr>
            <tr><td>备份时间<br><span class="en">Made at (UTC)</span></td><td>{{m.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}}</td></tr>
            <tr><td>系统编号<br><span class="en">Store</span></td><td><code>{{m.StoreId}}</code> · epoch {{m.Epoch}} · schema {{m.Schema}} · {{Text(m.Kind)}}{{(m.Simulation ? " · 模拟 simulation" : "")}}</td></tr>
            <tr><td>密钥指纹<br><span class="en">Fingerprint of the keys</span></td><td><code>{{Text(m.Keys)}}</code></td></tr>
            <tr><td>口令<br><span class="en">Passphrase</span></td><td>{{secret}}</td></tr>
            </table>
            <h2>如何恢复 <span class="en">How to restore</span></h2>
            <ol>
            <li>在新电脑上安装同一版本或更新版本的山门，不要启动。<br><span class="en">Install the same version of Shanmen, or a newer one, on a new machine; do not start it.</span></li>
            <li>把口令写入一个文本文件，先检验备份：<br><span class="en">Write the passphrase into a text file, and check the backup first:</span><br><code>./run verify-backup {{name}} --passphrase-file &lt;file&gt;</code></li>
            <li>恢复到空的数据文件夹：<br><span class="en">Restore into an empty data folder:</span><br><code>./run restore {{name}} --passphrase-file &lt;file&gt; --data &lt;folder&gt;</code></li>
            <li>核验数据，再启动：<br><span class="en">Verify the store, then start it:</span><br><code>./run verify --data &lt;folder&gt;</code></li>
            </ol>
            </body>
            </html>

            """;
    }
}
