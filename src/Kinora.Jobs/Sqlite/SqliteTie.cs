namespace Kinora.Jobs.Sqlite;

/// <summary>
/// How synchronous jobs hang on the process whose connection waits for them: a job tied to one store instance is claimed only through that
/// instance, so a restarted server never runs it, and it ends as cancelled once its instance has not renewed the tie (in each reaping) for 30 s.
/// </summary>
/// <param name="Instance">A random name of this store instance.</param>
internal sealed record SqliteTie(string Instance)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Ties that end before this moment are to be renewed.</summary>
    internal long RenewalDue(long now) => now + (Patience / 2).ToMilliseconds();

    internal long Until(long now) => now + Patience.ToMilliseconds();
}
