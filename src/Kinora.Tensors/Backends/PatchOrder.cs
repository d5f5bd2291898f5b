namespace Kinora.Tensors.Backends;

/// <summary>The order in which a block's positions are laid into channels; the channel itself is always outermost.</summary>
public enum PatchOrder
{
    /// <summary>Channel, frame, row, column: <c>b c (d p1) (h p2) (w p3) → b (c p1 p2 p3) d h w</c>.</summary>
    FrameRowColumn,

    /// <summary>Channel, frame, column, row: the patches of the LTX video autoencoder.</summary>
    FrameColumnRow,
}
