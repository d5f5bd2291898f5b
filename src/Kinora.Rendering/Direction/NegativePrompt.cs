namespace Kinora.Rendering.Direction;

/// <summary>What the negative prompt forbids. Words about quality ("low quality, ugly, watermark") name nothing this engine does, and change nothing.</summary>
internal sealed class NegativePrompt
{
    /// <summary>What the endpoints send when the caller says nothing; it must change nothing.</summary>
    public const string EndpointDefault = "blur, distort, and low quality";

    private readonly MoveReading _reading;

    private NegativePrompt(MoveReading reading) => _reading = reading;

    public static NegativePrompt Read(string? text) =>
        new(string.IsNullOrWhiteSpace(text) ? new MoveReading() : MoveReader.ReadForbidden(text));

    public void ApplyTo(MoveReading reading)
    {
        foreach (var name in _reading.Denied)
            reading.Deny(name);
        if (_reading.WantsStatic)
            reading.DenyMovement();
    }
}
