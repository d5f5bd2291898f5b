namespace Kinora.Diffusion.Weights;

/// <summary>What a weight does.</summary>
internal enum WeightKind
{
    /// <summary>Multiplies a vector: a linear layer or a convolution.</summary>
    Matrix,

    /// <summary>Scales a norm: about 1.</summary>
    Norm,

    /// <summary>Is added: a bias or a table, about 0.</summary>
    Summand,

    /// <summary>Vectors to look up.</summary>
    Table,
}
