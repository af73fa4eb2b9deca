namespace Shanmen.Architecture.Tests;

public class ControlTests
{
    /// <summary>Fails on demand: with SHANMEN_TEST_CONTROL=1 each runner of ./test must report a failure.</summary>
    [Fact]
    public void No_failure_was_asked_for() => Assert.Null(Environment.GetEnvironmentVariable("SHANMEN_TEST_CONTROL"));
}
