using System.Net.Sockets;
using Npgsql;

namespace Kinora.Jobs.Postgres;

/// <summary>
/// Repeats what may be repeated while the database is away for a moment: a restart, a fail-over, a pooled connection that broke. Bounded: after a few seconds the
/// caller learns of it.
/// </summary>
internal static class PostgresRetry
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);

    /// <summary>Runs <paramref name="work"/>, which must be safe to run twice.</summary>
    internal static async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await work();
            }
            catch (Exception exception) when (IsAway(exception) && TimeProvider.System.GetElapsedTime(start) < s_patience)
            {
                // At once the first time: then it is most likely a pooled connection that broke long ago.
                if (tries > 1)
                    await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(500, 25 << Math.Min(tries, 5))), cancellationToken);
            }
        }
    }

    /// <summary>Whether the same call may work a moment later.</summary>
    internal static bool IsAway(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => true,
        NpgsqlException { IsTransient: true } => true,
        NpgsqlException { InnerException: SocketException or IOException or TimeoutException } => true,
        _ => false,
    };
}
