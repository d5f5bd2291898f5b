namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>How far a film has come.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Fraction">The part of the whole work that is done, 0 to 1, by the number of its operations; never falls.</param>
/// <param name="Step">The step of the running pass, from 1; 0 outside passes.</param>
/// <param name="Steps">Steps of the running pass; 0 outside passes.</param>
/// <param name="Preview">A frame of the unfinished clip, if wanted; only at the end of a step.</param>
public sealed record LtxVideoProgress(LtxVideoPhase Phase, double Fraction, int Step, int Steps, RgbFrame? Preview);
