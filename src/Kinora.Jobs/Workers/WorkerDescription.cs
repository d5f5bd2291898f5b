namespace Kinora.Jobs.Workers;

/// <summary>What a worker says of itself.</summary>
/// <param name="Id">Its name: machine and process.</param>
/// <param name="Host">The machine.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Engines">The engines whose jobs it runs. Null: it runs every job.</param>
/// <param name="Slots">How many jobs it runs at once.</param>
public sealed record WorkerDescription(string Id, string Host, string Version, IReadOnlyList<string>? Engines, int Slots)
{
    /// <summary>The worker of this process.</summary>
    internal static WorkerDescription Of(JobWorkerOptions options) => new(
        options.WorkerId, Environment.MachineName, typeof(WorkerDescription).Assembly.GetName().Version!.ToString(3), options.Engines, options.Slots);
}
