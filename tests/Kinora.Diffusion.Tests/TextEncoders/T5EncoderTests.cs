using Kinora.Diffusion.TextEncoders;
using Kinora.Diffusion.Tokenizers;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Tests.TextEncoders;

public sealed class T5EncoderTests
{
    private static readonly T5Config s_tiny = new() { VocabularySize = RandomVocabulary.Size, Width = 32, Layers = 2, Heads = 4, HeadSize = 8, FeedForwardWidth = 64 };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-7, 7)]
    [InlineData(-8, 8)]
    [InlineData(7, 23)]
    [InlineData(8, 24)]
    [InlineData(-127, 15)]
    [InlineData(-5000, 15)]
    [InlineData(5000, 31)]
    [InlineData(11, 24)]
    [InlineData(12, 25)]
    public void Distances_fall_into_the_buckets_of_the_paper(int distance, int bucket) => Assert.Equal(bucket, T5Encoder.Bucket(distance, 32, 128));

    [Fact]
    public void A_random_encoder_written_to_a_file_encodes_prompts()
    {
        using var folder = new ScratchFolder();
        RandomCheckpoint.WriteT5(folder["t5.safetensors"], s_tiny);
        using var device = ComputeDevice.OpenCpu(new() { Threads = 1, MemoryBudgetBytes = 64 << 20 });
        using var prompts = PromptEncoder.Load(device, folder["t5.safetensors"], RandomVocabulary.Create(), NumberFormat.Int8);

        var embedding = prompts.Encode("  A cat. ");

        Assert.Equal((8, 32, 256), (embedding.Tokens, embedding.Width, embedding.Values.Length));
        Assert.Equal(prompts.Tokens("A cat."), prompts.Tokens("  A cat. "));
        Assert.Equal([1], prompts.Tokens(" "));
        Assert.Equal(s_tiny, prompts.Config);
    }

    [Fact]
    public void A_long_prompt_is_cut_and_still_closed()
    {
        var encoder = T5Encoder.Load(TestBackend.Instance, new RandomWeights(T5Encoder.Needs(s_tiny), DType.Float32, 1), WeightFormat.Float32);
        using var prompts = new PromptEncoder(UnigramTokenizer.Load(RandomVocabulary.Create()), encoder);

        var ids = prompts.Tokens(new string('x', 5000));

        Assert.Equal((PromptEncoder.MaxTokens, 1), (ids.Length, ids[^1]));
    }

    [Fact]
    public void Ids_outside_the_vocabulary_and_no_ids_are_refused()
    {
        using var encoder = T5Encoder.Load(TestBackend.Instance, new RandomWeights(T5Encoder.Needs(s_tiny), DType.Float32, 1), WeightFormat.Float32);

        Assert.Throws<DiffusionException>(() => encoder.Encode([]));
        Assert.Throws<DiffusionException>(() => encoder.Encode([RandomVocabulary.Size]));
        Assert.Throws<DiffusionException>(() => encoder.Encode([-1]));
    }

    [Fact]
    public void Cancellation_is_heeded()
    {
        using var encoder = T5Encoder.Load(TestBackend.Instance, new RandomWeights(T5Encoder.Needs(s_tiny), DType.Float32, 1), WeightFormat.Float32);

        Assert.Throws<OperationCanceledException>(() => encoder.Encode([3], new CancellationToken(true)));
    }

    [Fact]
    public void Files_that_are_no_encoder_are_refused()
    {
        var needs = T5Encoder.Needs(s_tiny);
        CheckpointException Refused(IEnumerable<WeightNeed> weights) =>
            Assert.Throws<CheckpointException>(() => T5Encoder.Load(TestBackend.Instance, new RandomWeights(weights, DType.Float32, 1), WeightFormat.Float32).Dispose());

        Assert.Contains("not a T5 v1.1 encoder", Refused([]).Message, StringComparison.Ordinal);
        Assert.Contains("are missing", Refused(needs.Where(need => !need.Name.Contains("block.1.layer.0.SelfAttention.k", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
        Assert.Contains("another shape", Refused(needs.Select(need => need.Name.EndsWith("wo.weight", StringComparison.Ordinal) ? need with { Shape = [32, 65] } : need)).Message, StringComparison.Ordinal);
        Assert.Contains("scaled 8-bit", Refused(needs.Append(new WeightNeed("encoder.block.0.layer.0.SelfAttention.q.scale_weight", [1], WeightKind.Norm))).Message, StringComparison.Ordinal);
    }
}
