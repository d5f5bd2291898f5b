using System.Text.Json;
using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.Weights;

namespace Kinora.Diffusion.Tests.Models.LtxVideo;

public sealed class LtxVideoConfigTests
{
    [Fact]
    public void The_published_diffusers_autoencoder_is_the_official_one()
    {
        const string json = """
            {"latent_channels":128,"patch_size":4,"patch_size_t":1,"block_out_channels":[128,256,512,1024,2048],"layers_per_block":[4,6,6,2,2],
             "down_block_types":["LTXVideo095DownBlock3D","LTXVideo095DownBlock3D","LTXVideo095DownBlock3D","LTXVideo095DownBlock3D"],
             "downsample_type":["spatial","temporal","spatiotemporal","spatiotemporal"],"decoder_block_out_channels":[256,512,1024],
             "decoder_layers_per_block":[5,5,5,5],"decoder_inject_noise":[false,false,false,false],"decoder_spatio_temporal_scaling":[true,true,true],
             "upsample_residual":[true,true,true],"upsample_factor":[2,2,2],"timestep_conditioning":true,"encoder_causal":true,"decoder_causal":false}
            """;

        Assert.Equivalent(LtxVideoAutoencoderConfig.Published, LtxVideoAutoencoderConfig.Parse(JsonDocument.Parse(json).RootElement));
    }

    [Theory]
    [InlineData("{\"down_block_types\":[\"LTXVideoDownBlock3D\"]}", "0.9.0 or 0.9.1")]
    [InlineData("[]", "should be an object")]
    [InlineData("{\"encoder_blocks\":[[\"res_x\",{\"num_layers\":1}]],\"decoder_blocks\":[[\"attn_res_x\",{}]],\"latent_channels\":8,\"patch_size\":4}", "'attn_res_x'")]
    [InlineData("{\"encoder_blocks\":[[\"res_x\",{\"num_layers\":1}]],\"decoder_blocks\":[[\"res_x\",{\"num_layers\":1}]],\"latent_channels\":8,\"patch_size\":4}", "8 and 32")]
    [InlineData("{\"encoder_blocks\":[[\"res_x\",{\"num_layers\":1,\"inject_noise\":true}]],\"decoder_blocks\":[],\"latent_channels\":8,\"patch_size\":4}", "0.9.0 or 0.9.1")]
    [InlineData("{\"encoder_blocks\":[\"res_x\"],\"decoder_blocks\":[],\"latent_channels\":8,\"patch_size\":4}", "encoder_blocks")]
    public void Other_autoencoders_are_refused(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<CheckpointException>(() => LtxVideoAutoencoderConfig.Parse(JsonDocument.Parse(json).RootElement)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"patch_size\":2", "patches")]
    [InlineData("\"attention_head_dim\":12", "multiple of 8")]
    [InlineData("\"qk_norm\":\"layer_norm\"", "qk_norm 'layer_norm'")]
    [InlineData("\"audio_num_attention_heads\":32", "LTX-2")]
    [InlineData("\"attention_bias\":false", "without biases")]
    [InlineData("\"out_channels\":64", "out_channels")]
    [InlineData("\"cross_attention_dim\":128", "cross_attention_dim")]
    [InlineData("\"positional_embedding_max_pos\":[20,2048]", "three numbers")]
    [InlineData("\"timestep_scale_multiplier\":1", "1000")]
    [InlineData("\"num_layers\":-1", "whole number")]
    public void Other_transformers_are_refused(string property, string reason)
    {
        var name = property[1..property.IndexOf('"', 1)];
        var others = new Dictionary<string, string> { ["num_layers"] = "2", ["num_attention_heads"] = "4", ["attention_head_dim"] = "16", ["in_channels"] = "8", ["caption_channels"] = "32" }
            .Where(pair => pair.Key != name).Select(pair => $"\"{pair.Key}\":{pair.Value}");
        var json = JsonDocument.Parse($"{{{string.Join(",", others)},{property}}}").RootElement;

        Assert.Contains(reason, Assert.Throws<CheckpointException>(() => LtxVideoTransformerConfig.Parse(json, true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Costs_are_those_of_the_specification()
    {
        // 2B: 57 · 10¹² in 8 steps and 18 · 10¹² for the decoder at 512×288×97; 93 · 10¹² a step at 1280×704×121.
        var model = LtxVideoTransformerConfig.TwoBillion;
        Assert.Equal(57e12, 8 * LtxVideoCost.Transformer(model, LatentGrid.Of(512, 288, 97).Tokens, 256), 1e12);
        Assert.Equal(93e12, LtxVideoCost.Transformer(model, LatentGrid.Of(1280, 704, 121).Tokens, 256), 2e12);
        Assert.Equal(18e12, LtxVideoCost.Decoder(LtxVideoAutoencoderConfig.Published, 512, 288, 97), 0.5e12);
        Assert.True(LtxVideoCost.Encoder(LtxVideoAutoencoderConfig.Published, 512, 288, 1) < 1e12);
    }
}
