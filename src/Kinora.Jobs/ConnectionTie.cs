using Kinora.Jobs.Rows;

namespace Kinora.Jobs;

/// <summary>
/// How synchronous jobs hang on the process whose connection waits for them. Any worker may run a tied job while its instance renews the tie (in each reaping);
/// 30 s after the last renewal a queued one ends as cancelled, and the worker of a running one is asked to stop.
/// </summary>
/// <param name="Instance">A random name of this store instance.</param>
internal sealed record ConnectionTie(string Instance)
{
    /// <summary>How long a tie holds without renewal.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Ties that end before this moment are to be renewed.</summary>
    internal long RenewalDue(long now) => now + (Patience / 2).ToMilliseconds();

    internal long Until(long now) => now + Patience.ToMilliseconds();
}
