using Kinora.Diffusion;
using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Jobs.Blobs;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Images;
using Kinora.Media.Speech;
using Kinora.Server.Endpoints;
using Kinora.Server.Engines.Ltx;
using Kinora.Server.Fetching;
using Kinora.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Server.Engines;

/// <summary>Registers what makes clips.</summary>
internal static class EnginesRegistration
{
    /// <summary>The engines that <see cref="AddKinoraEngines"/> registers: the neural one only where its model is installed.</summary>
    internal static IReadOnlyList<string> NamesIn(LtxOptions ltx) => FindMissing(ltx) is null ? [MotionEngine.EngineName, LtxEngine.EngineName] : [MotionEngine.EngineName];

    /// <summary>What the neural engine lacks, with the command that gets it; null if nothing.</summary>
    internal static string? FindMissing(LtxOptions ltx)
    {
        try
        {
            _ = LtxVideoFiles.Find(ltx.Models, ltx.Model);
            return null;
        }
        catch (DiffusionException problem)
        {
            return problem.Message;
        }
    }

    /// <summary>Adds the engines, the generator around them, and the handler that runs jobs with it.</summary>
    /// <param name="services">The server's services.</param>
    /// <param name="ffmpeg">The installation that was found at start.</param>
    /// <param name="ltx">How the neural engine works.</param>
    public static IServiceCollection AddKinoraEngines(this IServiceCollection services, FfmpegInstallation ffmpeg, LtxOptions ltx)
    {
        services
            .AddSingleton(ffmpeg)
            .AddSingleton(ltx)
            .AddSingleton(_ => new MotionEngine(EspeakSpeaker.TryFind()))
            .AddSingleton<IVideoEngine>(provider => provider.GetRequiredService<MotionEngine>());
        if (FindMissing(ltx) is null)
            services.AddSingleton<IVideoEngine>(provider => new LtxEngine(ltx, provider.GetRequiredService<MotionEngine>(), ffmpeg));
        return services
            .AddSingleton<EngineRoster>()
            .AddSingleton(_ => new ImageDecoder(ffmpeg))
            .AddSingleton(provider => new VideoGenerator(ffmpeg, provider.GetRequiredService<ImageDecoder>(), provider.GetRequiredService<ServerMetrics>(), expectsMore: true))
            .AddSingleton<PreviewBoard>()
            .AddSingleton(provider => new OwnFiles(OwnFileUrls.FindBlob, provider.GetRequiredService<IBlobStore>()))
            .AddSingleton<ClipPublication>()
            .AddSingleton<GenerationHandler>();
    }

    /// <summary>Adds the endpoints that this server answers.</summary>
    public static IServiceCollection AddKinoraEndpoints(this IServiceCollection services, IEnumerable<ModelEndpoint> endpoints) =>
        services.AddSingleton(new EndpointCatalog(endpoints));
}
