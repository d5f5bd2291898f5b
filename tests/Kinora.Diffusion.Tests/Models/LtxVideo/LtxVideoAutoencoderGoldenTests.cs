using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Tensors;
using Kinora.Tensors.Backends;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Tests.Models.LtxVideo;

public sealed class LtxVideoAutoencoderGoldenTests(ITestOutputHelper output)
{
    public static TheoryData<string> Cases => [.. GoldenFolders.Cases("video_autoencoder")];

    public static TheoryData<string> SingleFileCases =>
        [.. GoldenFolders.Cases("video_autoencoder").Where(path => File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "single_file.safetensors")))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Float_weights_give_the_reference(string path)
    {
        using var golden = new GoldenCase(path);
        using var model = Load(golden, golden.Weights(), WeightFormat.Float32);

        var (mean, logVariance) = Encode(golden, model);
        var decoded = Decode(golden, model);

        var errors = new[]
        {
            Closeness.Error(golden.Floats("out.mean"), mean),
            Closeness.Error(golden.Floats("out.logvar"), logVariance),
            Closeness.Error(golden.Floats("out.decoded"), decoded),
        };
        output.WriteLine($"{golden.Name}: float32 worst errors mean {errors[0]:e1}, log variance {errors[1]:e1}, decoded {errors[2]:e1}");
        Assert.All(errors, error => Assert.InRange(error, 0, 1e-5));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Small_weights_stay_close_to_the_reference(string path)
    {
        using var golden = new GoldenCase(path);
        foreach (var (format, backend, least) in TestBackend.Small)
        {
            using var model = Load(golden, golden.Weights(), format, backend);
            var encoded = Closeness.Cosine(golden.Floats("out.mean"), Encode(golden, model).Mean);
            var decoded = Closeness.Cosine(golden.Floats("out.decoded"), Decode(golden, model));
            output.WriteLine($"{golden.Name}: {format} weights, {backend.Precision} products: cosine encoded {encoded:f6}, decoded {decoded:f6}");
            Assert.InRange(encoded, least, 1.0001);
            Assert.InRange(decoded, least, 1.0001);
        }
    }

    [Theory]
    [MemberData(nameof(SingleFileCases))]
    public void The_official_spelling_holds_the_same_model(string path)
    {
        using var golden = new GoldenCase(path);
        using var file = SafetensorsCheckpoint.Open(Path.Combine(Path.GetDirectoryName(path)!, "single_file.safetensors"));
        using var diffusers = Load(golden, golden.Weights(), WeightFormat.Float32);
        using var official = Load(golden, file, WeightFormat.Float32);

        Assert.Equal(Encode(golden, diffusers).Mean, Encode(golden, official).Mean);
        Assert.Equal(Decode(golden, diffusers), Decode(golden, official));
    }

    private static LtxVideoAutoencoder Load(GoldenCase golden, ISafetensorsSource weights, WeightFormat format, IBackend? backend = null) =>
        LtxVideoAutoencoder.Load(backend ?? TestBackend.Instance, LtxVideoAutoencoderConfig.Parse(golden.Config), weights, format);

    private static (float[] Mean, float[] LogVariance) Encode(GoldenCase golden, LtxVideoAutoencoder model)
    {
        var (shape, latentShape) = (golden.ShapeOf("in.sample"), golden.ShapeOf("out.mean"));
        using var scope = new TensorScope(TestBackend.Instance.Memory);
        var (mean, logVariance) = (Planes.Empty(scope, latentShape), scope.Empty([latentShape[2], latentShape[3], latentShape[4], 1]));
        model.Encode(Planes.Turn(scope, golden.Floats("in.sample"), shape), mean, logVariance);
        return (Planes.TurnBack(scope, mean), Planes.TurnBack(scope, logVariance.Expand(mean.Shape)));
    }

    private static float[] Decode(GoldenCase golden, LtxVideoAutoencoder model)
    {
        using var scope = new TensorScope(TestBackend.Instance.Memory);
        var shape = golden.ShapeOf("out.decoded");
        var decoded = Planes.Empty(scope, shape);
        long done = 0;
        model.Decode(Planes.Turn(scope, golden.Floats("out.mean"), golden.ShapeOf("out.mean")), golden.Floats("in.decode_timestep")[0], frames =>
        {
            TestBackend.Instance.Copy(frames, decoded.Slice(0, done, frames.Shape[0]));
            done += frames.Shape[0];
        });
        Assert.Equal(shape[2], done);
        return Planes.TurnBack(scope, decoded);
    }
}
