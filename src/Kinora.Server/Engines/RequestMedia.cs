using Kinora.Media;
using Kinora.Server.Endpoints;
using Kinora.Server.Fetching;

namespace Kinora.Server.Engines;

/// <summary>The media of one request, fetched side by side and checked, or everything that is wrong with them.</summary>
internal sealed class RequestMedia
{
    private readonly List<Violation> _violations = [];
    private readonly List<FetchedElement> _elements = [];

    private RequestMedia()
    {
    }

    /// <summary>What is wrong, in the order of the input's fields; empty if everything is there.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>The picture the clip starts on; null if it was refused.</summary>
    public FetchedImage? Start { get; private set; }

    /// <summary>The picture the clip ends on; null if there is none or it was refused.</summary>
    public FetchedImage? End { get; private set; }

    /// <summary>The elements, in the order in which the prompt counts them.</summary>
    public IReadOnlyList<FetchedElement> Elements => _elements;

    /// <summary>Fetches and checks everything that <paramref name="request"/> names.</summary>
    public static async Task<RequestMedia> BringAsync(ClipRequest request, FetchMedia fetch, ScratchDirectory scratch, CancellationToken cancellationToken)
    {
        var media = new RequestMedia();
        var start = BringImageAsync(request.StartImage, fetch, scratch, cancellationToken);
        var end = request.EndImage is null ? null : BringImageAsync(request.EndImage, fetch, scratch, cancellationToken);
        var elements = request.Elements.Select(element => (
            Element: element,
            Images: ImagesOf(element).Select(image => BringImageAsync(image, fetch, scratch, cancellationToken)).ToList(),
            Video: element.Video is null ? null : fetch(element.Video, scratch, cancellationToken))).ToList();

        media.Start = media.Keep(await start);
        media.End = end is null ? null : media.Keep(await end);
        foreach (var (element, images, video) in elements)
            media._elements.Add(await media.KeepAsync(element, images, video));
        return media;
    }

    private static async Task<(FetchedImage? Image, Violation? Violation)> BringImageAsync(
        MediaReference reference, FetchMedia fetch, ScratchDirectory scratch, CancellationToken cancellationToken)
    {
        var outcome = await fetch(reference, scratch, cancellationToken);
        if (outcome is not FetchOutcome.Fetched fetched)
            return (null, ((FetchOutcome.Refused)outcome).Violation);
        var (header, violation) = ImageInspection.Inspect(reference, fetched.Path);
        return (header is null ? null : new FetchedImage(reference, fetched.Path, header), violation);
    }

    private static IEnumerable<MediaReference> ImagesOf(ElementReference element) =>
        element.FrontalImage is null ? element.ReferenceImages : [element.FrontalImage, .. element.ReferenceImages];

    private FetchedImage? Keep((FetchedImage? Image, Violation? Violation) brought)
    {
        if (brought.Violation is not null)
            _violations.Add(brought.Violation);
        return brought.Image;
    }

    private async Task<FetchedElement> KeepAsync(
        ElementReference element, List<Task<(FetchedImage? Image, Violation? Violation)>> images, Task<FetchOutcome>? video)
    {
        var kept = new List<FetchedImage>();
        foreach (var image in images)
        {
            if (Keep(await image) is { } whole)
                kept.Add(whole);
        }
        if (video is null)
            return new FetchedElement(kept);
        var outcome = await video;
        if (outcome is FetchOutcome.Refused refused)
            _violations.Add(refused.Violation);
        return new FetchedElement(kept, element.Video, (outcome as FetchOutcome.Fetched)?.Path);
    }
}
