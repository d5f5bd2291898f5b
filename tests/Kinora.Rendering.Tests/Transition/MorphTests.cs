using Kinora.Media;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Tests.Probes;
using Kinora.Rendering.Transition;

namespace Kinora.Rendering.Tests.Transition;

public sealed class MorphTests
{
    [Fact]
    public void A_shifted_picture_gives_its_shift()
    {
        Image start = Clips.Blobs(200, 120), end = Shift(start, 9, -5);
        var flow = FlowPair.Measure(start, end, 2)!;

        Assert.True(flow.IsRelated, $"agrees in {flow.Agreement:P0}");
        Assert.Equal(9, flow.Forward.U[100, 60], 0.5f);
        Assert.Equal(-5, flow.Forward.V[100, 60], 0.5f);
    }

    [Fact]
    public async Task Unrelated_pictures_are_told_apart()
    {
        var flow = FlowPair.Measure(await Photo.LoadAsync("cat"), await Photo.LoadAsync("rocket"), 2)!;

        Assert.True(flow.Agreement < 0.15, $"agrees in {flow.Agreement:P0}");
    }

    [Fact]
    public async Task Two_views_of_a_scene_glide_from_exactly_one_to_exactly_the_other()
    {
        var start = await Photo.LoadAsync("coffee");
        var end = Shift(start, 14, 6);
        using var clip = Clips.Create(Clips.Brief(start, "static camera", 2, end));
        var frames = Clips.Render(clip, Photo.Small);

        Assert.Equal(TransitionKind.Align, clip.Plan.Transition!.Kind);
        Assert.Equal(Kinora.Media.Color.Yuv420.FromImage(start).Data, frames[0].Data);
        Assert.Equal(Kinora.Media.Color.Yuv420.FromImage(end).Data, frames[^1].Data);
        var moved = frames.Zip(frames.Skip(1)).Sum(pair => FlowProbe.Mean(pair.First, pair.Second).X);
        Assert.Equal(14, moved, 3.0);
    }

    [Fact]
    public void A_similarity_is_found_among_wrong_vectors_and_can_be_undone()
    {
        var truth = new Similarity(1.08, 0.03, -6, 4);
        var flow = truth.ToFlow(160, 90);
        for (var y = 0; y < 90; y++)
        {
            for (var x = 0; x < 160; x += 3)
                (flow.U[x, y], flow.V[x, y]) = (x * 7 % 31 - 15, y * 5 % 23 - 11);
        }
        var trust = new Kinora.Rendering.Planes.Plane(160, 90).Map(_ => 1);
        var (fit, share, _) = Similarity.Of(flow, trust);
        var back = fit.Inverse();

        Assert.Equal(1.08, fit.A, 0.01);
        Assert.Equal(0.03, fit.B, 0.01);
        Assert.InRange(share, 0.5, 0.8);
        Assert.Equal(40, back.A * (fit.A * 40 - fit.B * 20 + fit.C) - back.B * (fit.B * 40 + fit.A * 20 + fit.D) + back.C, 1e-6);
    }

    private static Image Shift(Image image, int right, int down)
    {
        var pixels = new byte[image.Pixels.Length];
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                int fromX = Math.Clamp(x - right, 0, image.Width - 1), fromY = Math.Clamp(y - down, 0, image.Height - 1);
                image.Pixels.AsSpan((fromY * image.Width + fromX) * 3, 3).CopyTo(pixels.AsSpan((y * image.Width + x) * 3));
            }
        }
        return new Image(image.Width, image.Height, 3, pixels);
    }
}
