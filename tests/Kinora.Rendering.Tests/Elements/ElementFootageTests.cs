using Kinora.Media;
using Kinora.Media.Color;
using Kinora.Rendering.Depth;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Elements;

namespace Kinora.Rendering.Tests.Elements;

public sealed class ElementFootageTests
{
    private static readonly PictureReading s_scene = PictureReading.Of(Clips.Blobs(96, 64), 1);

    [Fact]
    public void What_moves_through_a_video_is_cut_out_of_every_frame_and_held_steady()
    {
        var footage = ElementFootage.TryCut(Video(Disc), new FrameRate(24), 96, s_scene, 2)!;

        foreach (var seconds in (double[])[0, 0.4, 0.8])
        {
            var sprite = footage.At(seconds);
            int width = sprite.Alpha.Width, height = sprite.Alpha.Height;
            Assert.InRange((double)width / height, 0.8, 1.25);
            Assert.True(sprite.Alpha.Row(height / 2)[width / 2] > 120);
            Assert.True(sprite.Alpha.Row(2)[2] < -118 && sprite.Alpha.Row(height - 3)[width - 3] < -118);
        }
    }

    [Fact]
    public void Before_a_wall_of_its_own_colour_nothing_of_it_gets_lost()
    {
        var masks = FootageMasks.Find(Video(Coat), 2)!;

        for (var number = 0; number < masks.Length; number += 4)
        {
            // The whole figure: hat, coat of the wall's colour, boots; and the wall on either side.
            var u = (50 + 2 * number + 20) / 160f;
            Assert.All((float[])[0.2f, 0.35f, 0.5f, 0.65f, 0.8f], v => Assert.InRange(masks[number].SampleAt(u, v), 0.9f, 1));
            Assert.All((float[])[0.2f, 0.5f, 0.8f], v => Assert.InRange(masks[number].SampleAt(u - 0.22f, v) + masks[number].SampleAt(u + 0.22f, v), 0, 0.1f));
        }
    }

    [Fact]
    public void What_one_frame_misses_and_its_neighbours_have_is_held()
    {
        var whole = PlainGround.FindThing(WorkPicture.Of(Coat(0), 1, 160))!;
        var torn = whole.Map(value => value);
        for (var x = 0; x < torn.Width; x++)
            torn[x, torn.Height / 2] = 0;

        Assert.Equal(whole.Values, FootageHold.At([whole, whole, torn, whole, whole], 2).Values);
        Assert.Equal(torn.Values, FootageHold.At([torn, torn, torn, torn, torn], 2).Values);
    }

    [Fact]
    public void It_plays_to_its_end_and_back()
    {
        var footage = ElementFootage.TryCut(Video(Disc), new FrameRate(24), 64, s_scene, 2)!;

        var (start, end) = (Brightness(footage.At(0)), Brightness(footage.At(23 / 24.0)));
        Assert.True(end > start + 20, $"{start:0} to {end:0}");
        Assert.Equal(Brightness(footage.At(20 / 24.0)), Brightness(footage.At(26 / 24.0)));
        Assert.Equal(start, Brightness(footage.At(46 / 24.0)));
    }

    [Fact]
    public void A_clip_with_an_element_that_plays_is_the_same_with_any_number_of_threads()
    {
        var brief = Clips.Brief(Clips.Blobs(192, 128), "@Element1 stands on the right, static camera", 1) with { Elements = [new SceneElement { Footage = Video(Disc) }] };
        using MotionClip one = Clips.Create(brief, 1), two = Clips.Create(brief, 2);

        Assert.Single(one.Plan.Shots[0].Elements);
        Assert.DoesNotContain(one.Plan.Notes, note => note.Contains("@Element1", StringComparison.Ordinal));
        Assert.Equal(Clips.Frame(one, brief.Size, 20).Data, Clips.Frame(two, brief.Size, 20).Data);
    }

    [Fact]
    public void A_video_of_nothing_in_particular_is_left_out_and_noted()
    {
        var brief = Clips.Brief(Clips.Blobs(96, 64), "@Element1 walks", 1) with { Elements = [new SceneElement { Footage = Video(_ => Clips.Blobs(160, 120)) }] };

        Assert.Contains(MotionClip.PlanScene(brief).Notes, note => note.Contains("@Element1 could not be cut out of its video", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_angle_stands_in_for_a_frontal_picture_that_cannot_be_cut_out()
    {
        var element = new SceneElement { Views = [Clips.Blobs(160, 120), Disc(0)] };
        var brief = Clips.Brief(Clips.Blobs(96, 64), "@Element1 stands there", 1) with { Elements = [element] };

        Assert.Equal(1, ElementViews.Choose(element.Views, ElementPath.Stands, 1)!.Value.Number);
        Assert.Contains(MotionClip.PlanScene(brief).Notes, note => note.Contains("as in its reference image 1", StringComparison.Ordinal));
    }

    private static List<VideoFrame> Video(Func<int, Image> picture) => [.. Enumerable.Range(0, 24).Select(number => Yuv420.FromImage(picture(number)))];

    // An orange disc that wanders to the right and grows brighter, on a dark green ground.
    private static Image Disc(int number)
    {
        const int Width = 160, Height = 120;
        var pixels = new byte[Width * Height * 3];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                double dx = x - 60 - 1.5 * number, dy = y - 62;
                var at = (y * Width + x) * 3;
                var inside = dx * dx + dy * dy < 28 * 28;
                pixels[at] = (byte)(inside ? 150 + 3 * number + 12 * Math.Sin(x * 0.5) : 46 + 6 * Math.Sin(x * 0.13));
                pixels[at + 1] = (byte)(inside ? 70 + 2 * number : 66 + 6 * Math.Sin(y * 0.17));
                pixels[at + 2] = (byte)(inside ? 30 : 48);
            }
        }
        return new Image(Width, Height, 3, pixels);
    }

    // A figure before a grey wall: a dark hat, a coat of the same grey with folds and a seam around it, dark boots.
    private static Image Coat(int number)
    {
        const int Width = 160, Height = 120;
        var pixels = new byte[Width * Height * 3];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                int left = x - 50 - 2 * number, top = y - 16;
                var inside = left is >= 0 and < 40 && top is >= 0 and < 90;
                var seam = inside && (left is < 2 or >= 38 || top is < 2 or >= 88);
                var grey = 150 + y % 2;
                if (inside)
                    grey = top < 14 || top > 76 ? 60 + left % 5 * 8 : seam ? 128 : 150 + (int)(14 * Math.Sin(left * 0.8 + top * 0.3));
                pixels.AsSpan((y * Width + x) * 3, 3).Fill((byte)grey);
            }
        }
        return new Image(Width, Height, 3, pixels);
    }

    private static double Brightness(ElementSprite sprite) => sprite.Luma.Row(sprite.Luma.Height / 2)[sprite.Luma.Width / 2] + 128;
}
