using System.Globalization;
using Shanmen.Rules.Values;

namespace Shanmen.Rules.Tests.Peers;

/// <summary>
/// Identity numbers beside the npm package id-validator with its table of places. Where the two differ they do so by intent, and every number
/// of such a sort must differ: the peer looks at no character but the check, at no length of a month and at no year; we read the numbers of
/// Hong Kong, Macao and Taiwan people and of foreigners, which are not in its table, and blanks and hyphens between.
/// </summary>
public class IdNumberPeerTests
{
    private const int OfEachSort = 400, Seed = 20261122;
    private static readonly string[] Mainland = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65".Split(' ');

    /// <summary>Who takes the numbers of a sort.</summary>
    private enum Takes { Both, Neither, OnlyPeer, OnlyWe }

    private sealed record Asked(string Sort, Takes Takes, string Number);

    [Fact]
    public async Task Numbers_of_every_sort_are_taken_or_refused_as_by_the_peer_and_mean_the_same_birth()
    {
        var asked = Numbers();
        var told = await Peer.Ask("id-numbers.mjs", asked.Select(a => a.Number));
        Assert.Equal(asked.Length, told.Length);
        Assert.Empty(Differences(asked, told, IdNumber.TryParse));
        // Of each sort there were some, and of all together thousands.
        Assert.All(asked.CountBy(a => a.Sort), sort => Assert.True(sort.Value >= 60, $"{sort}"));
        Assert.True(asked.Length > 4_000);
    }

    [Fact]
    public async Task Every_province_is_known_to_both_or_the_difference_is_named()
    {
        var asked = Enumerable.Range(0, 100).Select(place => $"{place:00}0101").Append("911101").Append("983101")
            .Select(place => new Asked("place", Takes.Both, WithCheck($"{place}19800101001"))).ToArray();
        var told = await Peer.Ask("id-numbers.mjs", asked.Select(a => a.Number));
        var differ = asked.Zip(told).Where(pair => IdNumber.TryParse(pair.First.Number, out _) != (pair.Second != "-")).Select(pair => pair.First.Number[..6]);
        // A foreigner's number begins with 9 and the place of issue, as 950 with Chongqing's 50.
        Assert.Equal(["710101", "810101", "820101", "830101", "950101", "911101", "983101"], differ);
        Assert.Equal(Mainland, asked.Zip(told).Where(pair => pair.Second != "-").Select(pair => pair.First.Number[..2]));
    }

    [Fact]
    public async Task One_number_that_is_read_wrongly_here_is_found_alone()
    {
        var asked = Numbers();
        var told = await Peer.Ask("id-numbers.mjs", asked.Select(a => a.Number));
        var planted = asked.First(a => a.Sort == "wrong check").Number;
        bool Wrong(string? text, out IdNumber number) => text == planted ? IdNumber.TryParse(WithCheck(text[..17]), out number) : IdNumber.TryParse(text, out number);
        Assert.StartsWith($"wrong check {planted}", Assert.Single(Differences(asked, told, Wrong)));
    }

    private delegate bool Reading(string? text, out IdNumber number);

    private static string[] Differences(Asked[] asked, string[] told, Reading read)
    {
        var found = new List<string>();
        foreach (var ((sort, takes, number), theirs) in asked.Zip(told))
        {
            var (ours, isTheirs) = (read(number, out var id), theirs != "-");
            var isAsSaid = (ours, isTheirs) == (takes is Takes.Both or Takes.OnlyWe, takes is Takes.Both or Takes.OnlyPeer);
            if (!isAsSaid || (ours && isTheirs && theirs != id.Birth.ToString("O", CultureInfo.InvariantCulture))) found.Add($"{sort} {number}: we {(ours ? id.Birth : "-")}, the peer {theirs}");
        }
        return [.. found];
    }

    private static Asked[] Numbers()
    {
        var random = new Random(Seed);
        return
        [
            .. Many("right", Takes.Both, () => WithCheck(Place() + Birth() + Sequence())),
            .. Many("small x", Takes.Both, () => EndingIn('X', () => Place() + Birth() + Sequence()).ToLowerInvariant()),
            .. Many("fifteen digits", Takes.Both, () => Place() + Birth(1900, 2000)[2..] + Sequence()),
            .. Many("wrong check", Takes.Neither, () => Other(WithCheck(Place() + Birth() + Sequence()), 17, "0123456789Xx")),
            .. Many("one wrong digit", Takes.Neither, () => Other(WithCheck(Place() + Birth() + Sequence()), random.Next(17), "0123456789")),
            .. Many("a letter within", Takes.Neither, () => Other(WithCheck(Place() + Birth() + Sequence()), random.Next(17), "XxAO+ .")),
            .. Many("no such month", Takes.Neither, () => WithCheck($"{Place()}{random.Next(1900, 2026)}{Of(0, 13, 20, 99):00}{random.Next(1, 29):00}{Sequence()}")),
            .. Many("no such day", Takes.Neither, () => WithCheck($"{Place()}{random.Next(1900, 2026)}{random.Next(1, 13):00}{Of(0, 32, 40, 99):00}{Sequence()}")),
            .. Many("no such month of fifteen", Takes.Neither, () => $"{Place()}{random.Next(100):00}{Of(0, 13, 99):00}{random.Next(1, 29):00}{Sequence()}"),
            .. Many("no such place", Takes.Neither, () => WithCheck($"{Of(0, 10, 16, 24, 47, 66, 72, 84):00}{random.Next(10_000):0000}{Birth()}{Sequence()}")),
            .. Many("wrong length", Takes.Neither, () => WithCheck(Place() + Birth() + Sequence()) is var whole && random.Next(2) == 0 ? whole[..Of(0, 1, 14, 16, 17)] : whole + Sequence()),
            .. Many("no such day in that month", Takes.OnlyPeer, () => WithCheck($"{Place()}{random.Next(1900, 2026)}{new[] { "0230", "0231", "0431", "0631", "0931", "1131" }[random.Next(6)]}{Sequence()}")),
            .. Many("leap day of a common year", Takes.OnlyPeer, () => WithCheck($"{Place()}{(random.Next(475, 506) * 4) + random.Next(1, 4)}0229{Sequence()}")),
            .. Many("year far away", Takes.OnlyPeer, () => WithCheck($"{Place()}{(random.Next(2) == 0 ? random.Next(1, 1800) : random.Next(2100, 10_000)):0000}0615{Sequence()}")),
            .. Many("a letter at the end of fifteen", Takes.OnlyPeer, () => Other(Place() + Birth(1900, 2000)[2..] + Sequence(), random.Next(12, 15), "Xx")),
            .. Many("Hong Kong, Macao, Taiwan", Takes.OnlyWe, () => WithCheck($"{Of(71, 81, 82, 83)}0000" + Birth() + Sequence())),
            .. Many("foreigner", Takes.OnlyWe, () => WithCheck($"9{Mainland[random.Next(Mainland.Length)]}{random.Next(1_000):000}{Birth()}{Sequence()}")),
            .. Many("written with blanks", Takes.OnlyWe, () => WithCheck(Place() + Birth() + Sequence()) is var whole ? $"{whole[..6]}{" -"[random.Next(2)]}{whole[6..14]} {whole[14..]}" : ""),
        ];

        IEnumerable<Asked> Many(string sort, Takes takes, Func<string> make) => Enumerable.Range(0, OfEachSort).Select(_ => make()).Distinct().Select(number => new Asked(sort, takes, number));
        string Place() => $"{Mainland[random.Next(Mainland.Length)]}{random.Next(10_000):0000}";
        string Birth(int from = 1800, int to = 2100) => new DateOnly(from, 1, 1).AddDays(random.Next(new DateOnly(to, 1, 1).DayNumber - new DateOnly(from, 1, 1).DayNumber)).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        string Sequence() => $"{random.Next(1_000):000}";
        int Of(params int[] some) => some[random.Next(some.Length)];
        string Other(string number, int at, string letters)
        {
            var others = letters.Where(letter => char.ToUpperInvariant(letter) != number[at]).ToArray();
            return number[..at] + others[random.Next(others.Length)] + number[(at + 1)..];
        }
        string EndingIn(char check, Func<string> make)
        {
            while (true) if (WithCheck(make()) is var number && number[17] == check) return number;
        }
    }

    /// <summary>GB 11643 by its table of weights, as the peer and the rule reckon it in other ways.</summary>
    private static string WithCheck(string seventeen)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return seventeen + "10X98765432"[seventeen.Zip(weights, (digit, weight) => (digit - '0') * weight).Sum() % 11];
    }
}
