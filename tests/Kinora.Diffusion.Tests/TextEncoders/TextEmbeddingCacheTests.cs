using Kinora.Diffusion.TextEncoders;

namespace Kinora.Diffusion.Tests.TextEncoders;

public sealed class TextEmbeddingCacheTests
{
    private static readonly TextEmbedding s_a = new(1, 1, new float[1]), s_b = new(1, 1, new float[1]);

    [Fact]
    public void An_embedding_is_found_by_encoder_and_text()
    {
        var cache = new TextEmbeddingCache();
        cache.Add("t5 bf16", "a cat", s_a);

        Assert.Same(s_a, cache.Find("t5 bf16", "a cat"));
        Assert.Null(cache.Find("t5 int8", "a cat"));
        Assert.Null(cache.Find("t5 bf16", "a dog"));
    }

    [Fact]
    public void The_one_not_asked_for_the_longest_makes_room()
    {
        var cache = new TextEmbeddingCache(2);
        cache.Add("e", "1", s_a);
        cache.Add("e", "2", s_a);
        cache.Find("e", "1");
        cache.Add("e", "3", s_b);
        cache.Add("e", "3", s_a);

        Assert.Null(cache.Find("e", "2"));
        Assert.Same(s_a, cache.Find("e", "1"));
        Assert.Same(s_a, cache.Find("e", "3"));
    }
}
