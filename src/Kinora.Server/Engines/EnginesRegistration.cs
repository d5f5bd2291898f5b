using Kinora.Jobs.Blobs;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Speech;
using Kinora.Server.Endpoints;
using Kinora.Server.Fetching;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Server.Engines;

/// <summary>Registers what makes clips.</summary>
internal static class EnginesRegistration
{
    /// <summary>The engines that <see cref="AddKinoraEngines"/> registers.</summary>
    internal static IReadOnlyList<string> Names { get; } = [MotionEngine.EngineName];

    /// <summary>Adds the engine, the generator around it, and the handler that runs jobs with it.</summary>
    /// <param name="services">The server's services.</param>
    /// <param name="ffmpeg">The installation that was found at start.</param>
    public static IServiceCollection AddKinoraEngines(this IServiceCollection services, FfmpegInstallation ffmpeg) => services
        .AddSingleton(ffmpeg)
        .AddSingleton<IVideoEngine>(_ => new MotionEngine(EspeakSpeaker.TryFind()))
        .AddSingleton<VideoGenerator>()
        .AddSingleton<PreviewBoard>()
        .AddSingleton(provider => new OwnFiles(OwnFileUrls.FindBlob, provider.GetRequiredService<IBlobStore>()))
        .AddSingleton<ClipPublication>()
        .AddSingleton<GenerationHandler>();

    /// <summary>Adds the endpoints that this server answers.</summary>
    public static IServiceCollection AddKinoraEndpoints(this IServiceCollection services, IEnumerable<ModelEndpoint> endpoints) =>
        services.AddSingleton(new EndpointCatalog(endpoints));
}
