using System.Diagnostics;

namespace Shanmen.Holiday;

/// <summary>Says on standard error how far the day is, at most once a second.</summary>
sealed class Progress
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly long _began = Stopwatch.GetTimestamp();
    private TimeSpan _said;

    public double Seconds => Stopwatch.GetElapsedTime(_began).TotalSeconds;

    public void Say(string what) => Console.Error.WriteLine($"[{Seconds,5:F1} s] {what}");

    public void Show(int minute, long sold, long admitted, long requests)
    {
        var now = Stopwatch.GetElapsedTime(_began);
        if (now - _said < Pause) return;
        _said = now;
        Say($"{minute / 60:00}:{minute % 60:00}  售票 sold {sold:N0}  入园 admitted {admitted:N0}  请求 requests {requests:N0}");
    }
}
