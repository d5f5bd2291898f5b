using Kinora.Media;
using Kinora.Media.Color;
using Kinora.Rendering.Camera;
using Kinora.Rendering.Depth;
using Kinora.Rendering.Effects;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Tests.Probes;

namespace Kinora.Rendering.Tests.Parallax;

public sealed class SetTests
{
    [Theory]
    [InlineData("coffee")]
    [InlineData("rocket")]
    [InlineData("dandelion")]
    [InlineData("cat")]
    public async Task At_rest_the_layers_give_back_the_picture(string photo)
    {
        var size = new FrameSize(640, 426);
        var image = await Photo.LoadAsync(photo, size);
        var set = Build(image, size);
        var frame = new VideoFrame(size);
        var grid = new SourceGrid(size);
        grid.Project(new View(CameraPose.Rest), set.Background.Nearness);
        var cover = new LayerCover(size);
        if (set.Subject is not null)
            cover.Find(set.Subject, grid, 0, size.Height);
        new SheetRenderer(set.Background, grid, EffectFrame.None, WarpKernel.Best, cover).Rows(frame, 0, size.Height);
        if (set.Subject is not null)
            new SubjectRenderer(set.Subject, grid, cover, WarpKernel.Best).Rows(frame, 0, size.Height);

        var psnr = Psnr.Of(Yuv420.FromImage(image).Y, frame.Y);
        // Soft edges of a layer cost a little; the clip's first frame does not come from here, it is the picture itself.
        Assert.True(psnr >= (set.Subject is null ? 38 : 35), $"{psnr:0.0} dB{(set.Subject is null ? "" : " with a layer")}");
    }

    /// <summary>
    /// Stretch: how much faster or slower than the rest of its layer any cell of a layer runs through the picture. At a silhouette one sheet over a bump would
    /// stretch several times over; layers stay below a third.
    /// </summary>
    [Theory]
    [InlineData("coffee", 0.05, 0)]
    [InlineData("rocket", 0.05, 0)]
    [InlineData("cat", 0.05, 0)]
    [InlineData("coffee", 0, 0.16)]
    [InlineData("cat", 0, 0.16)]
    public async Task No_silhouette_is_stretched(string photo, double across, double forward)
    {
        var image = await Photo.LoadAsync(photo);
        var set = Build(image, Photo.Small);
        var view = new View(CameraPose.Rest with { X = across, Z = forward });

        Assert.InRange(Stretch(view, set.Background), 0, 0.35);
        if (set.Subject is not null)
            Assert.InRange(Stretch(view, set.Subject.Sheet), 0, 0.35);
    }

    private static Set Build(Image image, FrameSize size) =>
        Set.Build(CodePlanes.Convert(image, 2), size, PictureReading.Of(image, 2), 0, 2);

    private static double Stretch(View view, Sheet sheet)
    {
        var grid = new SourceGrid(Photo.Small);
        grid.Project(view, sheet.Nearness);
        var steps = new List<double>();
        for (var row = 1; row < grid.Rows - 2; row++)
        {
            for (var column = 1; column < grid.Columns - 2; column++)
            {
                var at = row * grid.Stride + column;
                steps.Add((grid.X[at + 1] - grid.X[at]) / SourceGrid.CellPixels);
            }
        }
        steps.Sort();
        var usual = steps[steps.Count / 2];
        return Math.Max(steps[^1] / usual - 1, 1 - steps[0] / usual);
    }
}
