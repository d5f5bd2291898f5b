using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Server.Faults;

/// <summary>Registers faults on demand.</summary>
internal static class FaultsRegistration
{
    /// <summary>Adds the handler that produces them, and whether it may.</summary>
    public static IServiceCollection AddKinoraFaults(this IServiceCollection services, bool isEnabled, bool allInstant) => services
        .AddSingleton(new FaultOptions(isEnabled, allInstant))
        .AddSingleton<InstantClips>()
        .AddSingleton<FaultyHandler>();
}
