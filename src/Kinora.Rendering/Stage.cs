using Kinora.Rendering.Depth;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Transition;

namespace Kinora.Rendering;

/// <summary>The pictures of a brief, looked at and in code values.</summary>
internal sealed record Stage(PictureReading Start, CodePlanes StartCodes, PictureReading? End, CodePlanes? EndCodes, FlowPair? Flow)
{
    public static Stage Build(ClipBrief brief, int threads, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PictureReading? start = null, end = null;
        CodePlanes? startCodes = null, endCodes = null;
        var each = Math.Max(1, threads / 2);
        Parallel.Invoke(
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            () => start = PictureReading.Of(brief.StartImage, threads),
            () => startCodes = CodePlanes.Convert(brief.StartImage, each),
            () => end = brief.EndImage is null ? null : PictureReading.Of(brief.EndImage, threads),
            () => endCodes = brief.EndImage is null ? null : CodePlanes.Convert(brief.EndImage, each));
        cancellationToken.ThrowIfCancellationRequested();
        var flow = brief.EndImage is null ? null : FlowPair.Measure(brief.StartImage, brief.EndImage, threads);
        return new Stage(start!, startCodes!, end, endCodes, flow);
    }
}
