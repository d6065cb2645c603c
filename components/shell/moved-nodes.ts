/**
 * Lets React remove and insert nodes beside nodes that somebody else has moved. A browser's translation
 * puts each text into elements of its own; React's calls would throw then, and take the page away.
 */
function tolerateMovedNodes(): void {
  const { removeChild, insertBefore } = Node.prototype;
  /** The child of a node in which another stands now; null: it does not stand in it any more. */
  const childWith = (parent: Node, inner: Node): Node | null => {
    let node: Node | null = inner;
    while (node && node.parentNode !== parent) node = node.parentNode;
    return node;
  };
  Node.prototype.removeChild = function <T extends Node>(this: Node, child: T): T {
    const present = childWith(this, child);
    if (present) removeChild.call(this, present);
    return child;
  };
  Node.prototype.insertBefore = function <T extends Node>(this: Node, added: T, next: Node | null) {
    insertBefore.call(this, added, next && childWith(this, next));
    return added;
  };
}

if (typeof Node !== 'undefined') tolerateMovedNodes();
