using Kinora.Media;
using Kinora.Rendering.Depth;

namespace Kinora.Rendering.Tests.Depth;

public sealed class PlainGroundTests
{
    [Fact]
    public void A_ring_before_a_wall_is_found_with_its_gap()
    {
        var mask = PlainGround.FindThing(Picture((x, y) => Ring(x, y) ? 90 + x * 7 % 30 : 160))!;

        Assert.Equal(1, mask.SampleAt(0.5f, 0.26f));
        Assert.Equal(0, mask.SampleAt(0.5f, 0.5f));
        Assert.Equal(0, mask.SampleAt(0.1f, 0.1f));
    }

    [Theory]
    [InlineData("nothing but the wall")]
    [InlineData("where the wall meets another one")]
    [InlineData("noise")]
    public void Elsewhere_there_is_no_thing(string what)
    {
        var chance = new Random(4);

        Assert.Null(PlainGround.FindThing(Picture((_, y) => what switch
        {
            "noise" => chance.Next(256),
            "where the wall meets another one" => y < 90 ? 70 : 160,
            _ => 160,
        })));
    }

    private static bool Ring(int x, int y) => Math.Sqrt((x - 120) * (x - 120) + (y - 90) * (y - 90)) is > 30 and < 54;

    private static WorkPicture Picture(Func<int, int, int> grey)
    {
        var pixels = new byte[240 * 180 * 3];
        for (var i = 0; i < 240 * 180; i++)
            pixels.AsSpan(3 * i, 3).Fill((byte)grey(i % 240, i / 240));
        return WorkPicture.Of(new Image(240, 180, 3, pixels), 1);
    }
}
