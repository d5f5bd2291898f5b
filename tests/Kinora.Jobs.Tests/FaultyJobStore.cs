using System.Reflection;

namespace Kinora.Jobs.Tests;

/// <summary>A store that goes away: calls for which <see cref="IsDown"/> says so throw, before or after they have done their work.</summary>
public class FaultyJobStore : DispatchProxy
{
    private IJobStore _store = null!;

    internal Func<string, bool> IsDown { get; set; } = _ => false;

    /// <summary>Calls that work but whose answer is lost.</summary>
    internal Func<string, bool> LosesAnswer { get; set; } = _ => false;

    internal static (IJobStore Store, FaultyJobStore Faults) Wrap(IJobStore store)
    {
        var proxy = Create<IJobStore, FaultyJobStore>();
        var faults = (FaultyJobStore)(object)proxy;
        faults._store = store;
        return (proxy, faults);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (IsDown(targetMethod!.Name))
            throw new IOException("The database is away.");
        object? answer = targetMethod.Invoke(_store, args);
        if (LosesAnswer(targetMethod.Name))
        {
            ((Task)answer!).GetAwaiter().GetResult();
            throw new IOException("The answer was lost.");
        }

        return answer;
    }
}
