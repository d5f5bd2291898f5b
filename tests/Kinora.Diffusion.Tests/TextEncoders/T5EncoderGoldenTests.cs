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

        var (expected, actual) = Run(golden, WeightFormat.Float32);

        var error = Closeness.Error(expected, actual);
        output.WriteLine($"{golden.Name}: float32 worst error {error:e1}");
        Assert.InRange(error, 0, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Small_weights_stay_close_to_the_reference(string path)
    {
        using var golden = new GoldenCase(path);

        var bfloat16 = Run(golden, WeightFormat.BFloat16);
        var int8 = Run(golden, WeightFormat.Int8);

        var (cosine16, cosine8) = (Closeness.Cosine(bfloat16.Expected, bfloat16.Actual), Closeness.Cosine(int8.Expected, int8.Actual));
        output.WriteLine($"{golden.Name}: cosine bfloat16 {cosine16:f6}, int8 {cosine8:f6}");
        Assert.InRange(cosine16, 0.9995, 1.0001);
        Assert.InRange(cosine8, 0.998, 1.0001);
    }

    // The rows of tokens that are not padding, of all texts one after the other.
    private static (float[] Expected, float[] Actual) Run(GoldenCase golden, WeightFormat format)
    {
        using var encoder = T5Encoder.Load(TestBackend.Instance, golden.Weights(), format);
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
