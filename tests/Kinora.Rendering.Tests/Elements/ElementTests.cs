using Kinora.Media;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Tests.Probes;

namespace Kinora.Rendering.Tests.Elements;

public sealed class ElementTests
{
    [Theory]
    [InlineData("@Element1 walks across the street", 1, ElementPath.Crosses, Heading.Right)]
    [InlineData("@Element1 walks to the left", 1, ElementPath.Crosses, Heading.Left)]
    [InlineData("@Element2 enters from the left", 2, ElementPath.Enters, Heading.Right)]
    [InlineData("a balloon, @Element1, floats in the sky", 1, ElementPath.Stands, Heading.Right)]
    [InlineData("@Element1 floats in the sky", 1, ElementPath.Floats, Heading.Right)]
    [InlineData("@Element2 stands on the left", 2, ElementPath.Stands, Heading.Left)]
    [InlineData("@Element1走进房间", 1, ElementPath.Enters, Heading.Right)]
    public void The_words_around_an_element_say_where_it_goes(string prompt, int number, ElementPath path, Heading heading)
    {
        var plan = Assert.Single(ElementReader.Read(prompt, 2));

        Assert.Equal((number, path, heading), (plan.Number, plan.Path, plan.Heading));
    }

    [Theory]
    [InlineData("a street")]
    [InlineData("@Element3 walks")]
    [InlineData("no @Element1 here")]
    public void What_is_not_named_or_not_there_does_not_appear(string prompt) => Assert.Empty(ElementReader.Read(prompt, 2));

    [Fact]
    public async Task An_element_appears_after_the_first_frame_and_only_where_it_is()
    {
        var image = await Photo.LoadAsync("dandelion");
        var brief = Clips.Brief(image, "static camera. @Element1 stands on the right", 2) with { Elements = [SceneElement.Of(RedDisc())] };
        using var clip = Clips.Create(brief);
        using var bare = Clips.Create(brief with { Elements = [] });
        var with = Clips.Frame(clip, Photo.Small, 40);
        var without = Clips.Frame(bare, Photo.Small, 40);

        Assert.Equal(Kinora.Media.Color.Yuv420.FromImage(image).Data, Clips.Frame(clip, Photo.Small, 0).Data);
        Assert.True(MeanRed(with, 0.68, 0.82, 0.6, 0.85) > MeanRed(without, 0.68, 0.82, 0.6, 0.85) + 20);
        Assert.Equal(99, Psnr.Of(Left(without), Left(with)));
    }

    [Fact]
    public void An_element_that_cannot_be_cut_out_is_left_out_and_noted()
    {
        var brief = Clips.Brief(Clips.Blobs(96, 64), "@Element1 walks", 1) with { Elements = [SceneElement.Of(Clips.Blobs(80, 80))] };
        using var clip = Clips.Create(brief);

        Assert.Contains(clip.Plan.Notes, note => note.Contains("@Element1 could not be cut out", StringComparison.Ordinal));
    }

    private static Image RedDisc()
    {
        const int Side = 120;
        var pixels = new byte[Side * Side * 4];
        for (var i = 0; i < Side * Side; i++)
        {
            double x = i % Side - 59.5, y = i / Side - 59.5;
            (pixels[4 * i], pixels[4 * i + 3]) = (220, (byte)(x * x + y * y < 58 * 58 ? 255 : 0));
        }
        return new Image(Side, Side, 4, pixels);
    }

    private static double MeanRed(VideoFrame frame, double left, double right, double top, double bottom)
    {
        int width = frame.Size.Width / 2, height = frame.Size.Height / 2;
        double sum = 0, count = 0;
        for (var y = (int)(top * height); y < bottom * height; y++)
        {
            for (var x = (int)(left * width); x < right * width; x++, count++)
                sum += frame.V[y * width + x];
        }
        return sum / count;
    }

    private static byte[] Left(VideoFrame frame) =>
        [.. Enumerable.Range(0, frame.Size.Height).SelectMany(y => frame.Y.Slice(y * frame.Size.Width, frame.Size.Width / 3).ToArray())];
}
