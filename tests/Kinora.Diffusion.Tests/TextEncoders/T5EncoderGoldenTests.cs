using Kinora.Diffusion.TextEncoders;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Tests.TextEncoders;

public sealed class T5EncoderGoldenTests(ITestOutputHelper output)
{
    public static TheoryData<string> Cases => [.. GoldenFolders.Cases("t5_encoder")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Float_weights_give_the_reference(string path)
    {
        using var golden = new GoldenCase(path);

        var (expected, actual) = Run(golden, WeightFormat.Float32, TestBackend.Instance);

        var error = Closeness.Error(expected, actual);
        output.WriteLine($"{golden.Name}: float32 worst error {error:e1}");
        Assert.InRange(error, 0, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Small_weights_stay_close_to_the_reference(string path)
    {
        using var golden = new GoldenCase(path);

        foreach (var (format, backend, least) in TestBackend.Small)
        {
            var (expected, actual) = Run(golden, format, backend);
            var cosine = Closeness.Cosine(expected, actual);
            output.WriteLine($"{golden.Name}: {format} weights, {backend.Precision} products: cosine {cosine:f6}");
            Assert.InRange(cosine, least, 1.0001);
        }
    }

    // The rows of tokens that are not padding, of all texts one after the other.
    private static (float[] Expected, float[] Actual) Run(GoldenCase golden, WeightFormat format, IBackend backend)
    {
        using var encoder = T5Encoder.Load(backend, golden.Weights(), format);
        var (ids, mask, reference) = (golden.Integers("in.ids"), golden.Integers("in.mask"), golden.Floats("out.hidden_states"));
        var (texts, length) = ((int)golden.ShapeOf("in.ids")[0], (int)golden.ShapeOf("in.ids")[1]);
        List<float> expected = [], actual = [];
        for (var text = 0; text < texts; text++)
        {
            var count = mask.AsSpan(text * length, length).Count(1);
            var embedding = encoder.Encode(ids.AsSpan(text * length, count));
            actual.AddRange(embedding.Values.Span);
            expected.AddRange(reference.AsSpan(text * length * encoder.Config.Width, count * encoder.Config.Width));
        }

        return ([.. expected], [.. actual]);
    }
}
