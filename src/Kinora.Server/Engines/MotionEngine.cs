using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Speech;
using Kinora.Rendering;

namespace Kinora.Server.Engines;

/// <summary>
/// The embedded engine: classical image-based rendering by Kinora.Rendering. It needs no weights and no GPU, gives the same bytes for the same
/// brief, and invents no new content.
/// </summary>
/// <param name="speaker">Speaks the lines that a prompt quotes; null if the machine has no speech synthesiser: then nothing is spoken, and the plan says so.</param>
internal sealed class MotionEngine(EspeakSpeaker? speaker) : IVideoEngine
{
    /// <summary>Its name in options.</summary>
    internal const string EngineName = "motion";

    /// <inheritdoc/>
    public string Name => EngineName;

    /// <inheritdoc/>
    public async Task GenerateAsync(VideoBrief brief, VideoEncoder output, IEngineObserver observer, CancellationToken cancellationToken)
    {
        observer.Report("analysing", 0);
        var creating = Task.Run(() => MotionClip.Create(ToClipBrief(brief), options: null, cancellationToken), cancellationToken);
        // A soundtrack comes before all frames.
        await Task.WhenAll(creating, brief.GenerateAudio ? Task.CompletedTask : WriteFirstFrameAsync(brief, output, observer, cancellationToken));
        using var clip = await creating;
        foreach (var line in clip.Plan.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            observer.Log(line);

        if (brief.GenerateAudio)
        {
            observer.Report("composing sound", 0.02);
            await ComposeSoundAsync(clip, output, observer, cancellationToken);
        }

        await RenderAsync(clip, brief.Size, output, observer, cancellationToken);
    }

    /// <summary>Sets only the soundtrack, for engines that make none.</summary>
    public async Task ComposeSoundAsync(VideoBrief brief, VideoEncoder output, IEngineObserver observer, CancellationToken cancellationToken)
    {
        using var clip = await Task.Run(() => MotionClip.Create(ToClipBrief(brief), options: null, cancellationToken), cancellationToken);
        await ComposeSoundAsync(clip, output, observer, cancellationToken);
    }

    /// <summary>What the director decided about a brief, as text.</summary>
    public string Plan(VideoBrief brief, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return MotionClip.PlanScene(ToClipBrief(brief)).ToString();
    }

    private static async Task ComposeSoundAsync(MotionClip clip, VideoEncoder output, IEngineObserver observer, CancellationToken cancellationToken) =>
        await output.SetSoundtrackAsync(await Task.Run(() => clip.ComposeSoundtrackAsync(observer.Log, cancellationToken), cancellationToken), cancellationToken);

    /// <summary>The encoder gets ready with the first frame while the picture is looked at.</summary>
    private static async Task WriteFirstFrameAsync(VideoBrief brief, VideoEncoder output, IEngineObserver observer, CancellationToken cancellationToken)
    {
        var frame = MotionClip.CreateFirstFrame(brief.StartImage);
        observer.Preview(frame);
        await output.WriteFrameAsync(frame, cancellationToken);
    }

    /// <summary>Renders one frame while the one before it travels to the encoder.</summary>
    private static async Task RenderAsync(MotionClip clip, FrameSize size, VideoEncoder output, IEngineObserver observer, CancellationToken cancellationToken)
    {
        VideoFrame[] frames = [new(size), new(size)];
        var write = Task.CompletedTask;
        for (var index = output.FramesWritten; index < clip.FrameCount; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var frame = frames[index % 2];
            await Task.Run(() => clip.RenderFrame(index, frame), cancellationToken);
            observer.Preview(frame);
            await write;
            write = output.WriteFrameAsync(frame, cancellationToken);
            observer.Report("rendering", 0.05 + (0.9 * (index + 1) / clip.FrameCount));
        }

        await write;
    }

    private ClipBrief ToClipBrief(VideoBrief brief) => new()
    {
        Shots = [.. brief.Shots.Select(shot => new Shot(shot.Prompt, shot.Duration))],
        StartImage = brief.StartImage,
        EndImage = brief.EndImage,
        Elements = [.. brief.Elements.Select(element => new SceneElement { Views = element.Views, Footage = element.Footage, FootageRate = element.FootageRate })],
        GenerateAudio = brief.GenerateAudio,
        NegativePrompt = brief.NegativePrompt,
        CfgScale = brief.CfgScale,
        DirectorMayCut = brief.DirectorMayCut,
        Seed = brief.Seed,
        Size = brief.Size,
        Rate = brief.Rate,
        Speak = speaker is null ? null : speaker.SpeakAsync,
    };
}
