namespace Kinora.Jobs;

/// <summary>
/// Runs one attempt of a job. It may be called again for the same job, so it must leave nothing behind when it does not complete.
/// When the token is cancelled it stops at its next step, lets go of its resources, and returns or throws <see cref="OperationCanceledException"/>;
/// only then does its worker call the job cancelled. Other exceptions become <see cref="JobFailureKind.EngineFault"/>.
/// </summary>
public delegate Task<JobOutcome> JobHandler(JobContext context, CancellationToken cancellationToken);
