using Kinora.Rendering;
using Kinora.Server.Endpoints;
using static Kinora.Server.Tests.Endpoints.Kling.InputTable;

namespace Kinora.Server.Tests.Endpoints.Kling;

/// <summary>What the tiers of the family differ in, and that they differ in nothing else.</summary>
public sealed class KlingTiersTests
{
    [Theory]
    [InlineData(V3, 1280, 720)]
    [InlineData(Turbo, 1280, 720)]
    [InlineData(O3, 1280, 720)]
    [InlineData(V3Pro, 1920, 1080)]
    [InlineData(TurboPro, 1920, 1080)]
    [InlineData(O3Pro, 1920, 1080)]
    [InlineData(V34K, 3840, 2160)]
    [InlineData(O34K, 3840, 2160)]
    public void The_tier_decides_the_size(string endpoint, int width, int height)
    {
        var request = Accept(endpoint, Find(endpoint).FullExample.ToJsonString());

        Assert.Same(Find(endpoint).Resolution, request.Resolution);
        var size = FrameSizing.ForImage(width: 4000, height: 2250, request.Resolution.PixelBudget);
        Assert.Equal((width, height), (size.Width, size.Height));
        var upright = FrameSizing.ForImage(width: 2250, height: 4000, request.Resolution.PixelBudget);
        Assert.Equal((height, width), (upright.Width, upright.Height));
    }

    // USD for a second of output, as the hosted service's price list has them.
    [Theory]
    [InlineData(V3Pro, "0.112", "0.168", "0.196")]
    [InlineData(V34K, "0.42", "0.42", null)]
    [InlineData(TurboPro, "0.14", "0.14", null)]
    [InlineData(O3Pro, "0.112", "0.14", null)]
    [InlineData(O34K, "0.42", "0.42", null)]
    public void The_tier_decides_the_price(string endpoint, string audioOff, string audioOn, string? voice)
    {
        static decimal? Parse(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(new EndpointPrice(Parse(audioOff)!.Value, Parse(audioOn)!.Value, Parse(voice)), Find(endpoint).Price);
    }

    [Fact]
    public void The_price_of_a_request_is_that_of_its_tier()
    {
        Assert.Equal(0.168m, Accept(V3Pro, With(V3Pro, "prompt", "\"Go\"").ToJsonString()).UnitPrice);
        Assert.Equal(0.112m, Accept(O3Pro, With(O3Pro, "generate_audio", "false").ToJsonString()).UnitPrice);
        Assert.Equal(0.14m, Accept(TurboPro, With(TurboPro, "duration", "\"5\"").ToJsonString()).UnitPrice);
        Assert.Equal(0.42m, Accept(O34K, With(O34K, "generate_audio", "true").ToJsonString()).UnitPrice);
    }

    [Theory]
    [InlineData(V3, V3Pro)]
    [InlineData(V3, V34K)]
    [InlineData(Turbo, TurboPro)]
    [InlineData(O3, O3Pro)]
    [InlineData(O3, O34K)]
    public void A_higher_tier_takes_the_same_input(string standard, string higher)
    {
        Assert.Equal(Find(standard).Input.Fields, Find(higher).Input.Fields);
        Assert.Equal(Find(standard).FullExample.ToJsonString(), Find(higher).FullExample.ToJsonString());
        Assert.Equal(Find(standard).OutputFileName, Find(higher).OutputFileName);
    }
}
