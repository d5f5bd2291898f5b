using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Tests.Planes;

public sealed class SelectionTests
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 10)]
    [InlineData(50, 3)]
    [InlineData(301, 1)]
    [InlineData(1000, 1_000_000)]
    public void Every_rank_is_what_sorting_gives(int count, int values)
    {
        var chance = new Random(count);
        var numbers = Enumerable.Range(0, count).Select(_ => (float)chance.Next(values)).ToArray();
        var sorted = numbers.Order().ToArray();

        for (var rank = 0; rank < count; rank += 1 + count / 40)
            Assert.Equal(sorted[rank], Selection.Take((float[])numbers.Clone(), rank));
    }
}
