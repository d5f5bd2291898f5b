using Kinora.Jobs;
using Kinora.Server.Engines;

namespace Kinora.Server.Faults;

/// <summary>Runs jobs as the real handler does, after the faults that they asked for.</summary>
internal sealed class FaultyHandler(GenerationHandler handler, FaultOptions options, TimeProvider time)
{
    /// <summary>Runs one attempt. This is a <see cref="JobHandler"/>.</summary>
    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        // A plan that was accepted while faults were enabled is forgotten when they are not.
        if (!options.Enabled || context.Job.Faults is not { } text) return await handler.RunAsync(context, cancellationToken);

        var plan = FaultPlanParser.Parse(text);
        context.Log(JobLogLevel.Warning, $"Faults on demand: {text}");
        if (plan.Delay > TimeSpan.Zero) await Task.Delay(plan.Delay, time, cancellationToken);
        if (context.Job.Attempt <= plan.CrashingAttempts)
            return new JobOutcome.Failed(new JobFailure(JobFailureKind.WorkerLost, "The worker vanished, as was asked for.", CanRetry: true));
        if (context.Job.Attempt <= plan.FailingAttempts && ErrorTypes.TryFind(plan.Fail!, out var type))
            return new JobOutcome.Failed(InjectedFailure.Create(type));
        return await handler.RunAsync(context, cancellationToken);
    }
}
