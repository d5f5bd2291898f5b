using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>One piece of writing that waits for its turn in <see cref="SqliteWriter"/>.</summary>
internal abstract class PendingWrite
{
    /// <summary>True if its caller gave up before it began.</summary>
    internal abstract bool IsAbandoned { get; }

    /// <summary>Why it failed by itself, without harm to the others in its transaction; null if it did not.</summary>
    internal Exception? Fault { get; set; }

    /// <summary>Writes, inside the transaction.</summary>
    internal abstract void Run(SqliteConnection connection);

    /// <summary>Tells the caller, after the commit.</summary>
    internal abstract void Succeed();

    /// <summary>Tells the caller that nothing was written.</summary>
    internal abstract void Fail(Exception exception);
}

/// <inheritdoc cref="PendingWrite"/>
internal sealed class PendingWrite<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) : PendingWrite
{
    // Callers continue elsewhere: the writer's thread is for writing.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _answer = default!;

    internal Task<T> Task => _completion.Task;

    internal override bool IsAbandoned => cancellationToken.IsCancellationRequested && _completion.TrySetCanceled(cancellationToken);

    internal override void Run(SqliteConnection connection) => _answer = work(connection);

    internal override void Succeed() => _completion.TrySetResult(_answer);

    internal override void Fail(Exception exception) => _completion.TrySetException(exception);
}
