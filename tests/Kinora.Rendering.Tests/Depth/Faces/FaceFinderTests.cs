using Kinora.Media;
using Kinora.Rendering.Depth;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Tests.Depth.Faces;

public sealed class FaceFinderTests
{
    private static readonly FrameSize s_square = new(480, 480);

    [Fact]
    public async Task A_face_is_found_once_and_where_it_is()
    {
        var reading = PictureReading.Of(await Photo.LoadAsync("astronaut", s_square), 2);

        var face = Assert.Single(reading.Faces);
        Assert.Equal((0.44, 0.24), (face.U, face.V), (a, b) => Math.Abs(a.Item1 - b.Item1) < 0.03 && Math.Abs(a.Item2 - b.Item2) < 0.03);
        Assert.InRange(face.Width, 0.11, 0.18);
    }

    [Theory]
    [InlineData("cat")]
    [InlineData("coffee")]
    [InlineData("dandelion")]
    [InlineData("rocket")]
    public async Task Where_nobody_is_nobody_is_found(string photo) => Assert.Empty(PictureReading.Of(await Photo.LoadAsync(photo), 2).Faces);

    [Fact]
    public async Task Who_is_cut_out_keeps_the_head()
    {
        var reading = PictureReading.Of(await Photo.LoadAsync("astronaut", s_square), 2);

        Assert.True(reading.Subject.IsTrusted, $"support {reading.Subject.Support:0.0}");
        // Face and hair.
        Assert.Equal(1, reading.Subject.Mask.SampleAt(0.44f, 0.24f));
        Assert.True(reading.Subject.Mask.SampleAt(0.44f, 0.13f) > 0.5f);
        Assert.Equal(0, reading.Subject.Mask.SampleAt(0.72f, 0.2f));
    }

    [Theory]
    [InlineData("medium shot")]
    [InlineData("close-up")]
    [InlineData("extreme close-up")]
    public async Task No_framing_cuts_a_head_off(string words)
    {
        var image = await Photo.LoadAsync("astronaut", s_square);
        var reading = PictureReading.Of(image, 2);
        var framing = FramingChoice.For(words, 1, reading, Framing.Full);
        var face = reading.Faces[0];

        double left = 0.5 + framing.CentreU - framing.Scale / 2, top = 0.5 + framing.CentreV - framing.Scale / 2;
        Assert.True(framing.Scale < 0.95);
        Assert.InRange(left, -0.001, face.U - 0.7 * face.Width);
        Assert.InRange(top, -0.001, face.V - face.Width);
        Assert.True(left + framing.Scale > face.U + 0.7 * face.Width && top + framing.Scale > face.V + 0.75 * face.Width);
    }
}
