using Kinora.Media;
using Kinora.Rendering.Depth;

namespace Kinora.Rendering.Tests.Depth;

public sealed class SubjectFinderTests
{
    [Fact]
    public void A_distinct_thing_is_cut_out_and_trusted()
    {
        var subject = PictureReading.Of(Disc(0.5, 0.5), 2).Subject;

        Assert.True(subject.IsTrusted, $"support {subject.Support:0.0}, area {subject.Area:P0}");
        Assert.Equal(1, subject.Mask.SampleAt(0.5f, 0.5f));
        Assert.Equal(0, subject.Mask.SampleAt(0.1f, 0.1f));
        Assert.InRange(subject.Area, 0.06, 0.13);
    }

    [Fact]
    public void A_picture_of_nothing_in_particular_has_no_subject() => Assert.False(PictureReading.Of(Clips.Blobs(320, 180), 2).Subject.IsTrusted);

    [Fact]
    public async Task A_face_that_fills_the_picture_stays_in_it() => Assert.False(PictureReading.Of(await Photo.LoadAsync("cat"), 2).Subject.IsTrusted);

    [Fact]
    public void A_mountain_along_the_horizon_stays_in_the_relief_and_a_tower_in_front_of_it_is_lifted_off()
    {
        Subject mountain = PictureReading.Of(Landscape(tower: false), 2).Subject, tower = PictureReading.Of(Landscape(tower: true), 2).Subject;

        Assert.True(mountain.IsScenery && mountain.Support > Subject.LeastSupport, $"support {mountain.Support:0.0}, area {mountain.Area:P0}");
        Assert.False(mountain.IsTrusted);
        Assert.True(tower.IsTrusted, $"support {tower.Support:0.0}, area {tower.Area:P0}");
    }

    [Fact]
    public async Task Hair_belongs_to_its_head()
    {
        var mask = PictureReading.Of(await Photo.LoadAsync("astronaut", new FrameSize(400, 400)), 2).Subject.Mask;

        // The upper edge and both sides of the hair, as seen in the photograph; beyond it is the wall.
        Assert.All(((float, float)[])[(0.44f, 0.055f), (0.33f, 0.2f), (0.57f, 0.17f)], at => Assert.Equal(1, mask.SampleAt(at.Item1, at.Item2)));
        Assert.All(((float, float)[])[(0.44f, 0.01f), (0.26f, 0.15f), (0.64f, 0.15f)], at => Assert.Equal(0, mask.SampleAt(at.Item1, at.Item2)));
    }

    [Fact]
    public void With_a_layer_the_first_frame_is_still_the_start_image_and_the_layer_moves_more_than_what_is_behind_it()
    {
        var image = Disc(0.5, 0.6);
        var size = new FrameSize(image.Width, image.Height);
        using var clip = Clips.Create(Clips.Brief(image, "truck right", 2));
        var frames = Clips.Render(clip, size);

        Assert.Equal(Kinora.Media.Color.Yuv420.FromImage(image).Data, frames[0].Data);
        var cells = Enumerable.Range(1, frames.Count - 1).Select(i => Probes.FlowProbe.Cells(frames[i - 1], frames[i])).ToList();
        double disc = cells.Sum(cell => (cell[5].X + cell[6].X) / 2), above = cells.Sum(cell => (cell[1].X + cell[2].X) / 2);
        Assert.True(disc < above - 2, $"disc {disc:0.0} px, background {above:0.0} px");
    }

    // A rugged red massif under a blue sky, a meadow before it; or a red tower that stands in the meadow.
    private static Image Landscape(bool tower)
    {
        const int Width = 480, Height = 270;
        var pixels = new byte[Width * Height * 3];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var ridge = 80 + 20 * Math.Sin(x * 0.021) + 7 * Math.Sin(x * 0.09) + 2.0 * (Math.Max(0, 90 - x) + Math.Max(0, x - 390));
                var rock = y > ridge && y < 175 + 6 * Math.Sin(x * 0.03) && !tower;
                var isTower = tower && Math.Abs(x - 240) < 32 && y > 50 && y < 250;
                double grain = 10 * Math.Sin(x * 0.7 + y * 0.31) * Math.Sin(y * 0.53 - x * 0.2);
                var (r, g, b) = isTower ? (190 + grain, 60 + grain, 45 + grain) : rock ? (176 + grain, 92 + grain, 60 + grain) : y < (tower ? 150 : ridge + 60) ? (70.0, 120.0, 200 - 0.2 * y) : (70 + 0.4 * grain, 110 + 0.4 * grain, 40 + 0.4 * grain);
                var at = (y * Width + x) * 3;
                (pixels[at], pixels[at + 1], pixels[at + 2]) = ((byte)r, (byte)g, (byte)b);
            }
        }
        return new Image(Width, Height, 3, pixels);
    }

    // A striped disc on a soft, textured ground.
    private static Image Disc(double centreU, double centreV)
    {
        const int Width = 480, Height = 270;
        var pixels = new byte[Width * Height * 3];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                double dx = x - centreU * Width, dy = y - centreV * Height, at = (y * Width + x) * 3;
                var inside = dx * dx + dy * dy < 62 * 62;
                var ground = 96 + 14 * Math.Sin(x * 0.09) * Math.Sin(y * 0.11) + 8 * Math.Sin(x * 0.31 + y * 0.17);
                pixels[(int)at] = (byte)(inside ? 205 + 20 * Math.Sin(x * 0.35) : ground * 0.8);
                pixels[(int)at + 1] = (byte)(inside ? 60 + 20 * Math.Sin(y * 0.3) : ground);
                pixels[(int)at + 2] = (byte)(inside ? 50 : ground * 1.1);
            }
        }
        return new Image(Width, Height, 3, pixels);
    }
}
