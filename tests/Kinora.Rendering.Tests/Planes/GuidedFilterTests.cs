using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Tests.Planes;

public sealed class GuidedFilterTests
{
    [Fact]
    public void Noise_goes_and_the_guides_edge_stays()
    {
        const int Size = 40;
        Plane guide = new(Size, Size), input = new(Size, Size);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                guide[x, y] = x < Size / 2 ? 0 : 1;
                input[x, y] = guide[x, y] + (x * 31 + y * 17) % 7 / 20f - 0.15f;
            }
        }
        var output = new GuidedFilter([guide, new Plane(Size, Size), new Plane(Size, Size)], 5, 1e-3f).Apply(input);

        for (var y = 8; y < Size - 8; y++)
        {
            Assert.Equal(0, output[Size / 2 - 1, y], 0.08f);
            Assert.Equal(1, output[Size / 2, y], 0.08f);
        }
    }
}
