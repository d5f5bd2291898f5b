using System.Diagnostics;

namespace Kinora.Jobs.Tests;

internal static class Poll
{
    /// <summary>Looks again and again until it is so, and fails after 20 seconds.</summary>
    internal static async Task Until(Func<Task<bool>> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), "It did not come to pass within 20 s.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    internal static Task Until(Func<bool> isSo) => Until(() => Task.FromResult(isSo()));
}
