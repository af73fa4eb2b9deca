using System.Text;
using System.Text.RegularExpressions;

namespace Shanmen.Platform.Web;

/// <summary>What a clerk writes down stands in clear for ever, so no numbers of people's phones or papers.</summary>
public static partial class ClearText
{
    /// <summary>The text as it is kept; one that is too short, too long, or has such a number in it is noted.</summary>
    public static string Read(Fields fields, string field, string text, int min, int max)
    {
        var kept = fields.Text(field, text, min, max);
        fields.Check(field, !LongNumber().IsMatch(kept.Normalize(NormalizationForm.FormKC)), "Field.LongNumber");
        return kept;
    }

    /// <summary>As many digits in a row as a mobile phone has, or a phone in its three groups. Dates and numbers of letters are neither.</summary>
    [GeneratedRegex(@"\d{11}|1[3-9]\d[ .\-]{0,2}\d{4}[ .\-]{0,2}\d{4}", RegexOptions.CultureInvariant)]
    private static partial Regex LongNumber();
}
