using Kinora.Media;
using Kinora.Rendering.Camera;
using Kinora.Rendering.Depth;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Tests.Parallax;

public sealed class LayerCoverTests
{
    /// <summary>Skipping is exact: where an area is called clear or solid, every single sample of the opacity is.</summary>
    [Theory]
    [InlineData(640, 426, 0, 0, 0)]
    [InlineData(640, 426, 0.05, 0.02, 0.16)]
    [InlineData(426, 640, -0.04, 0, 0.3)]
    public async Task What_is_called_clear_or_solid_is_so_at_every_pixel(int width, int height, double across, double up, double forward)
    {
        var size = new FrameSize(width, height);
        var image = await Photo.LoadAsync("coffee", size);
        var subject = Set.Build(CodePlanes.Convert(image, 2), size, PictureReading.Of(image, 2), 0, 2).Subject!;
        var grid = new SourceGrid(size);
        grid.Project(new View(CameraPose.Rest with { X = across, Y = up, Z = forward }), subject.Sheet.Nearness);
        Wave(grid);
        var cover = new LayerCover(size);
        cover.Find(subject, grid, 0, height);

        var seen = new int[3];
        for (var row = 0; row < height; row++)
            Check(cover.Row(row), Opacities(subject.Alpha, grid, row, 0, SourceGrid.CellShift, width), LayerCover.AreaShift, seen);
        for (var row = 0; row < height / 2; row++)
            Check(cover.Row(2 * row), Opacities(subject.Alpha, grid, 2 * row + 0.5f, 0.5f, SourceGrid.CellShift - 1, width / 2), LayerCover.AreaShift - 1, seen);
        Assert.All(seen, count => Assert.True(count > 100, $"clear, mixed, solid: {string.Join(", ", seen)} areas"));
    }

    [Fact]
    public void An_area_is_mixed_as_soon_as_one_pixel_that_it_reaches_is()
    {
        var alpha = new Texture(64, 48);
        for (var y = 0; y < alpha.Height; y++)
            alpha.Row(y).Fill(-Texture.Bias);
        alpha.Row(20)[33] = 1 - Texture.Bias;
        var range = new AlphaRange(alpha);
        Assert.Equal(Cover.Part, range.Within(30, 10, 33, 20));
        Assert.Equal(Cover.None, range.Within(50, 10, 60, 20));
        Assert.Equal(Cover.None, range.Within(-100, 40, 0, 400));
    }

    private static void Check(ReadOnlySpan<Cover> areas, byte[] opacities, int areaShift, int[] seen)
    {
        for (var x = 0; x < opacities.Length; x++)
        {
            var area = areas[x >> areaShift];
            if (area != Cover.Part)
                Assert.Equal(area == Cover.Whole ? 255 : 0, opacities[x]);
        }
        foreach (var area in areas)
            seen[(int)area]++;
    }

    private static unsafe byte[] Opacities(Texture alpha, SourceGrid grid, float row, float shift, int cellShift, int width)
    {
        float[] x = new float[grid.Columns], y = new float[grid.Columns];
        grid.Row(row, shift, x, y);
        var memory = stackalloc int[RowMap.MemoryFor(x.Length)];
        var output = new byte[width];
        fixed (byte* target = output)
            WarpKernel.Row(alpha, RowMap.Create(x, y, 1, 0, 0, cellShift, memory), width, target, WarpInstructions.Portable);
        return output;
    }

    // As an effect bends it.
    private static void Wave(SourceGrid grid)
    {
        for (var i = 0; i < grid.X.Length; i++)
        {
            grid.X[i] += 3 * MathF.Sin(i * 0.9f);
            grid.Y[i] += 3 * MathF.Cos(i * 1.3f);
        }
    }
}
