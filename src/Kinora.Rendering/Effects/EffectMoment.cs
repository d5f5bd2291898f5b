namespace Kinora.Rendering.Effects;

/// <summary>When an effect is asked for.</summary>
/// <param name="Seconds">Time in the scene since the clip began: effects go on over cuts, slow motion and time-lapse are in it.</param>
/// <param name="Envelope">How much of it may show, 0 to 1: nothing on the first frame, and nothing on an end image.</param>
/// <param name="Frame">Number of the frame, for grain.</param>
/// <param name="ClipSeconds">Time of the clip, for what is timed with the sound.</param>
internal readonly record struct EffectMoment(double Seconds, double Envelope, int Frame, double ClipSeconds);
