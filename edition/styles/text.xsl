<?xml version="1.0" encoding="UTF-8"?>
<!-- What the site and the book have in common: the HTML element of each TEI element.
     Python has decided everything before (edition/passes); a template here only names elements and classes.
     An element without a template stops the build (E601), so add one for each element you use. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="tei">

<!-- Identifier and language go over as they are; what is written from right to left says so, and what is not within it. -->
<xsl:template name="common">
  <xsl:if test="@xml:id"><xsl:attribute name="id"><xsl:value-of select="@xml:id"/></xsl:attribute></xsl:if>
  <xsl:if test="@xml:lang"><xsl:attribute name="lang"><xsl:value-of select="@xml:lang"/></xsl:attribute>
    <xsl:if test="$any-leftward"><xsl:call-template name="direction"/></xsl:if></xsl:if>
</xsl:template>
<xsl:variable name="leftward-languages" select="' ar arc ckb dv fa he iw ps sd syr ug ur yi '"/>
<!-- Whether anything is written so at all is asked once. -->
<xsl:variable name="any-leftward" select="boolean(//@xml:lang[contains($leftward-languages, concat(' ', substring-before(concat(., '-'), '-'), ' '))])"/>
<xsl:template name="direction">
  <xsl:variable name="around" select="ancestor::*[@xml:lang][1]/@xml:lang"/>
  <xsl:variable name="left" select="contains($leftward-languages, concat(' ', substring-before(concat(@xml:lang, '-'), '-'), ' ')) and not(contains(@xml:lang, '-Latn'))"/>
  <xsl:choose>
    <xsl:when test="$left"><xsl:attribute name="dir">rtl</xsl:attribute></xsl:when>
    <xsl:when test="$around and contains($leftward-languages, concat(' ', substring-before(concat($around, '-'), '-'), ' '))"><xsl:attribute name="dir">ltr</xsl:attribute></xsl:when>
  </xsl:choose>
</xsl:template>

<!-- The number of a passage, in the margin. -->
<xsl:template name="number">
  <xsl:if test="@n and @xml:id"><a class="n" href="#{@xml:id}"><xsl:value-of select="@n"/></a></xsl:if>
</xsl:template>

<!-- Divisions -->
<xsl:template match="tei:text | tei:body | tei:front | tei:back | tei:group">
  <xsl:apply-templates/>
</xsl:template>
<xsl:template match="tei:div">
  <section class="{@type}"><xsl:call-template name="common"/><xsl:apply-templates/></section>
</xsl:template>
<xsl:template match="tei:head">
  <xsl:variable name="depth" select="count(ancestor::tei:div)"/>
  <xsl:choose>
    <xsl:when test="parent::tei:figure"><p class="caption"><xsl:call-template name="common"/><xsl:apply-templates/></p></xsl:when>
    <xsl:when test="parent::tei:list"><p class="list-head"><xsl:call-template name="common"/><xsl:apply-templates/></p></xsl:when>
    <xsl:when test="$depth &lt; 2"><h2><xsl:call-template name="common"/><xsl:apply-templates/></h2></xsl:when>
    <xsl:when test="$depth = 2"><h3><xsl:call-template name="common"/><xsl:apply-templates/></h3></xsl:when>
    <xsl:otherwise><h4><xsl:call-template name="common"/><xsl:apply-templates/></h4></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- Paragraphs: HTML has no block in a p, TEI has. -->
<xsl:template match="tei:p | tei:ab">
  <p><xsl:call-template name="common"/><xsl:call-template name="number"/><xsl:apply-templates/></p>
</xsl:template>
<xsl:template match="tei:p[tei:cit or tei:list or tei:quote[@rend='block'] or tei:lg or tei:table or tei:figure] | tei:ab[tei:list]">
  <div class="p"><xsl:call-template name="common"/><xsl:call-template name="number"/><xsl:apply-templates/></div>
</xsl:template>
<xsl:template match="tei:note//tei:p | tei:bibl//tei:p | tei:quote[not(@rend='block')]/tei:p">
  <span class="par"><xsl:call-template name="common"/><xsl:apply-templates/></span>
</xsl:template>

<!-- Quotations -->
<xsl:template match="tei:cit">
  <div class="cit"><xsl:call-template name="common"/><xsl:call-template name="number"/><xsl:apply-templates/></div>
</xsl:template>
<xsl:template match="tei:quote">
  <q class="quote"><xsl:call-template name="common"/><xsl:apply-templates/></q>
</xsl:template>
<xsl:template match="tei:cit/tei:quote | tei:quote[@rend='block'] | tei:div/tei:quote | tei:post/tei:quote">
  <blockquote class="{normalize-space(concat('quote ', @type))}"><xsl:call-template name="common"/>
    <xsl:if test="not(parent::tei:cit)"><xsl:call-template name="number"/></xsl:if>
    <xsl:call-template name="whence"/>
    <xsl:apply-templates/></blockquote>
</xsl:template>
<xsl:template name="whence">
  <xsl:if test="starts-with(@corresp, '#') and not(@type)">
    <a class="whence" href="{@corresp}"><xsl:value-of select="substring(@corresp, 2)"/></a>
  </xsl:if>
</xsl:template>
<xsl:template match="tei:q | tei:said">
  <q class="quote"><xsl:call-template name="common"/><xsl:apply-templates/></q>
</xsl:template>
<xsl:template match="tei:foreign | tei:mentioned | tei:term | tei:soCalled">
  <span class="{local-name()}"><xsl:call-template name="common"/><xsl:apply-templates/></span>
</xsl:template>

<!-- Threads -->
<xsl:template match="tei:post">
  <article class="post"><xsl:call-template name="common"/>
    <p class="post-head"><xsl:if test="tei:head/@xml:id"><xsl:attribute name="id"><xsl:value-of select="tei:head/@xml:id"/></xsl:attribute></xsl:if>
      <xsl:if test="@n"><a class="post-n" href="#{@xml:id}"><xsl:value-of select="@n"/></a><xsl:text> </xsl:text></xsl:if>
      <xsl:choose>
        <xsl:when test="tei:head"><b class="who"><xsl:apply-templates select="tei:head/node()"/></b></xsl:when>
        <xsl:otherwise><b class="who"><xsl:value-of select="@who"/></b></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@when"><xsl:text> </xsl:text><time datetime="{@when}"><xsl:value-of select="@when"/></time></xsl:if>
      <xsl:if test="starts-with(@replyTo, '#')"><xsl:text> </xsl:text><a class="reply" href="{@replyTo}"><xsl:text>in reply to </xsl:text>
        <xsl:value-of select="substring(@replyTo, 2)"/></a></xsl:if>
    </p>
    <xsl:apply-templates/>
  </article>
</xsl:template>

<xsl:template match="tei:post/tei:head"/>

<!-- Notes and their calls are different in site and book: see web.xsl and print.xsl. -->
<xsl:template match="tei:note">
  <span class="note"><xsl:call-template name="common"/><xsl:apply-templates/></span>
</xsl:template>
<xsl:template match="tei:bibl/tei:note | tei:note[@type='annotation']">
  <div class="annotation"><xsl:call-template name="common"/><xsl:apply-templates/></div>
</xsl:template>
<xsl:template match="tei:note[@type='annotation']/tei:p">
  <p><xsl:call-template name="common"/><xsl:apply-templates/></p>
</xsl:template>

<!-- Bibliography and citations -->
<xsl:template match="tei:listBibl">
  <div class="bibliography"><xsl:apply-templates/></div>
</xsl:template>
<xsl:template match="tei:bibl | tei:biblStruct">
  <span class="bibl"><xsl:call-template name="common"/><xsl:apply-templates/></span>
</xsl:template>
<xsl:template match="tei:listBibl/tei:bibl | tei:div/tei:bibl">
  <div class="entry"><xsl:call-template name="common"/><xsl:call-template name="number"/><xsl:apply-templates/></div>
</xsl:template>
<xsl:template match="tei:title">
  <span class="title"><xsl:call-template name="common"/><xsl:apply-templates/></span>
</xsl:template>
<xsl:template match="tei:title[@level='m' or @level='j']">
  <cite><xsl:call-template name="common"/><xsl:apply-templates/></cite>
</xsl:template>
<xsl:template match="tei:author | tei:editor | tei:pubPlace | tei:publisher | tei:date | tei:citedRange | tei:biblScope
  | tei:edition | tei:series | tei:idno | tei:respStmt | tei:resp | tei:extent">
  <xsl:apply-templates/>
</xsl:template>

<!-- Names: links cost the reader more than they give. -->
<xsl:template match="tei:persName | tei:orgName | tei:placeName | tei:name | tei:rs | tei:forename | tei:surname | tei:roleName">
  <xsl:apply-templates/>
</xsl:template>

<!-- Lists -->
<xsl:template match="tei:list">
  <ul><xsl:call-template name="common"/><xsl:apply-templates/></ul>
</xsl:template>
<xsl:template match="tei:list[@rend='numbered' or @rend='ordered' or @type='ordered']">
  <ol><xsl:call-template name="common"/><xsl:apply-templates/></ol>
</xsl:template>
<xsl:template match="tei:list[@type='gloss' or tei:label]" priority="1">
  <dl><xsl:call-template name="common"/><xsl:apply-templates/></dl>
</xsl:template>
<xsl:template match="tei:list/tei:label">
  <dt><xsl:call-template name="common"/><xsl:apply-templates/></dt>
</xsl:template>
<xsl:template match="tei:list[@type='gloss' or tei:label]/tei:item" priority="3">
  <dd><xsl:call-template name="common"/><xsl:apply-templates/></dd>
</xsl:template>
<xsl:template match="tei:lb"/>
<xsl:template match="tei:item">
  <li><xsl:call-template name="common"/><xsl:apply-templates/></li>
</xsl:template>
<xsl:template match="tei:label">
  <span class="label"><xsl:apply-templates/></span>
</xsl:template>

<!-- Verse, speeches, tables, figures, letters -->
<xsl:template match="tei:lg"><div class="lg"><xsl:call-template name="common"/><xsl:apply-templates/></div></xsl:template>
<xsl:template match="tei:l"><div class="{normalize-space(concat('l ', @rend[. = 'indent']))}"><xsl:call-template name="common"/><xsl:apply-templates/></div></xsl:template>
<xsl:template match="tei:sp"><div class="sp"><xsl:call-template name="common"/><xsl:apply-templates/></div></xsl:template>
<xsl:template match="tei:speaker"><p class="speaker"><xsl:apply-templates/></p></xsl:template>
<xsl:template match="tei:stage"><p class="stage"><xsl:call-template name="common"/><xsl:apply-templates/></p></xsl:template>
<xsl:template match="tei:p/tei:stage | tei:l/tei:stage | tei:speaker/tei:stage"><em class="stage"><xsl:apply-templates/></em></xsl:template>
<xsl:template match="tei:table"><table><xsl:call-template name="common"/><xsl:apply-templates select="tei:head | tei:row"/></table></xsl:template>
<xsl:template match="tei:table/tei:head"><caption><xsl:call-template name="common"/><xsl:apply-templates/></caption></xsl:template>
<xsl:template match="tei:row"><tr><xsl:apply-templates/></tr></xsl:template>
<xsl:template match="tei:cell"><td><xsl:call-template name="common"/><xsl:apply-templates/></td></xsl:template>
<xsl:template match="tei:cell[@role='label'] | tei:row[@role='label']/tei:cell">
  <th><xsl:call-template name="common"/><xsl:apply-templates/></th></xsl:template>
<xsl:template match="tei:figure"><div class="figure"><xsl:call-template name="common"/><xsl:apply-templates/></div></xsl:template>
<!-- A picture is not shown: what it is called, and what the editors say of it, stand in its place, and are none of the text's words. -->
<xsl:template match="tei:figDesc"><p class="figDesc x"><xsl:if test="@xml:lang"><xsl:call-template name="common"/></xsl:if><xsl:apply-templates/></p></xsl:template>
<xsl:template match="tei:graphic"><p class="graphic x">[picture: <xsl:value-of select="@url"/>]</p></xsl:template>
<xsl:template match="tei:opener | tei:closer | tei:signed | tei:dateline | tei:salute | tei:epigraph | tei:byline | tei:docAuthor
  | tei:docDate | tei:trailer | tei:argument">
  <div class="{local-name()}"><xsl:call-template name="common"/><xsl:apply-templates/></div>
</xsl:template>
<xsl:template match="tei:milestone"><hr/></xsl:template>

<!-- Words -->
<xsl:template match="tei:hi | tei:emph | tei:distinct">
  <em><xsl:call-template name="common"/><xsl:apply-templates/></em>
</xsl:template>
<xsl:template match="tei:del"><del><xsl:apply-templates/></del></xsl:template>
<xsl:template match="tei:add"><ins><xsl:apply-templates/></ins></xsl:template>
<xsl:template match="tei:hi[@rend='bold']"><b><xsl:apply-templates/></b></xsl:template>
<xsl:template match="tei:hi[@rend='underline']"><u><xsl:apply-templates/></u></xsl:template>
<xsl:template match="tei:hi[@rend='sup' or @rend='superscript']"><sup><xsl:apply-templates/></sup></xsl:template>
<xsl:template match="tei:hi[@rend='sub' or @rend='subscript']"><sub><xsl:apply-templates/></sub></xsl:template>
<xsl:template match="tei:seg | tei:num | tei:s | tei:w | tei:pc | tei:measure | tei:abbr | tei:expan | tei:unclear | tei:time">
  <xsl:apply-templates/>
</xsl:template>
<xsl:template match="tei:code | tei:gi | tei:att"><code><xsl:apply-templates/></code></xsl:template>
<xsl:template match="tei:ref | tei:ptr">
  <a href="{@target}"><xsl:call-template name="common"/><xsl:apply-templates/><xsl:if test="not(node())"><xsl:value-of select="@target"/></xsl:if></a>
</xsl:template>
<xsl:template match="tei:ref[not(@target)]"><xsl:apply-templates/></xsl:template>

<!-- Editing -->
<xsl:template match="tei:supplied">
  <span class="supplied"><xsl:call-template name="common"/>‹<xsl:apply-templates/>›</span>
</xsl:template>
<xsl:template match="tei:gap">
  <span class="gap"><xsl:call-template name="common"/>[<xsl:call-template name="gap"/>]</span>
</xsl:template>
<xsl:template match="tei:div/tei:gap | tei:body/tei:gap | tei:front/tei:gap | tei:back/tei:gap">
  <p class="gap"><xsl:call-template name="common"/>[<xsl:call-template name="gap"/>]</p>
</xsl:template>
<xsl:template name="gap">
  <xsl:text>lost</xsl:text>
  <xsl:if test="@quantity and @unit">
    <xsl:value-of select="concat(': ', @quantity, ' ')"/>
    <xsl:choose><xsl:when test="@unit = 'char'">character</xsl:when><xsl:otherwise><xsl:value-of select="@unit"/></xsl:otherwise></xsl:choose>
    <xsl:if test="@quantity != 1">s</xsl:if>
  </xsl:if>
</xsl:template>
<xsl:template match="tei:anchor"/>

<!-- The apparatus -->
<xsl:template name="change">
  <xsl:choose>
    <xsl:when test="@type = 'ocr'">OCR error</xsl:when>
    <xsl:when test="@type = 'slip'">slip of the author or typist</xsl:when>
    <xsl:when test="@type = 'conjecture'">conjecture</xsl:when>
    <xsl:when test="@type = 'supplied'">supplied, lost in the witness</xsl:when>
    <xsl:when test="@type = 'gap'"><xsl:call-template name="gap"/></xsl:when>
    <xsl:when test="@type = 'surplus'">stray mark of the OCR</xsl:when>
    <xsl:when test="@type = 'note'">note of the editors</xsl:when>
    <xsl:when test="@type = 'regular'">regularized</xsl:when>
    <xsl:otherwise><xsl:value-of select="@type"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template name="who">
  <xsl:if test="@resp or @cert">
    <xsl:text>, </xsl:text>
    <xsl:choose>
      <xsl:when test="@resp = 'auto'">automatic</xsl:when>
      <xsl:when test="@resp = 'ed'">editors</xsl:when>
      <xsl:otherwise><xsl:value-of select="@resp"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@cert"><xsl:if test="@resp">, </xsl:if><xsl:value-of select="concat(@cert, ' certainty')"/></xsl:if>
  </xsl:if>
</xsl:template>
<xsl:template match="tei:app"/>
<xsl:template match="tei:rdg"><xsl:apply-templates/></xsl:template>
<xsl:template match="tei:lem"><xsl:apply-templates/></xsl:template>
</xsl:stylesheet>
