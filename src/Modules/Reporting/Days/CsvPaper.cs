using System.Globalization;
using System.Text;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Reporting.Days;

/// <summary>
/// A report as CSV: UTF-8 with a byte order mark, so that spreadsheets read Chinese; money in yuan. A name that begins
/// like a formula gets an apostrophe before it, because a name typed at a window must not run in the accountant's spreadsheet.
/// </summary>
internal sealed class CsvPaper(CsvWriter csv, TextWriter writer)
{
    // The full-width forms count too: some spreadsheets read them as the narrow ones.
    private const string FormulaStarts = "=+-@\t\r\n|%＝＋－＠";

    public static byte[] Write(Action<CsvPaper> lines)
    {
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = CsvWriter.Create(writer, CsvWriterOptions.Default with { NewLine = "\r\n", ValidateFieldCount = false }, leaveOpen: true)) lines(new(csv, writer));
        return bytes.ToArray();
    }

    /// <summary>A browser that downloads cannot choose its headers, so the page says the language in the address.</summary>
    public static bool IsEnglish(HttpContext http) => http.Request.Query["lang"].ToString() switch { "en" => true, "zh" or "zh-CN" => false, _ => Texts.WantsEnglish(http) };

    /// <summary>Sends what was written, to be kept as a file.</summary>
    /// <param name="name">Of the file, without its ending.</param>
    public static async Task Send(HttpContext http, string name, byte[] bytes)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    public void Line(params object[] cells)
    {
        foreach (var cell in cells)
            csv.WriteField(cell switch
            {
                decimal yuan => yuan.ToString("0.00", CultureInfo.InvariantCulture),
                long number => number.ToString(CultureInfo.InvariantCulture),
                var text => Harmless(text.ToString()!),
            });
        csv.EndRecord();
    }

    /// <summary>An empty line between tables; to the CSV writer that would be a record without a field.</summary>
    public void Gap()
    {
        csv.Flush();
        writer.Write("\r\n");
    }

    internal static string Harmless(string text) => text.Length > 0 && FormulaStarts.Contains(text[0]) ? "'" + text : text;
}
